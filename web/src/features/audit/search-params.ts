/** What the log is narrowed to, in the page's address. */
export interface AuditSearch {
  business?: string
  actor?: string
  /** Part of an address, or the id or table of a row that changed. */
  find?: string
  /** Days, both inclusive: 2026-12-31. */
  since?: string
  until?: string
}

const NAMES = ['business', 'actor', 'find', 'since', 'until'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {}
  for (const name of NAMES) {
    const value = raw[name]
    if (typeof value === 'string' && value !== '' && (!['since', 'until'].includes(name) || DAY.test(value))) search[name] = value
  }
  return search
}
