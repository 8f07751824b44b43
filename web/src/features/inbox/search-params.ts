/** What of the inbox is shown, as the address says it. */
export interface InboxSearch {
  /** Absent: all businesses. */
  business?: string | undefined
  /** Absent: the open ones. */
  status?: 'resolved' | undefined
  q?: string | undefined
}

export function readSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {}
  if (isFilled(raw['business'])) search.business = raw['business']
  if (raw['status'] === 'resolved') search.status = 'resolved'
  if (isFilled(raw['q'])) search.q = raw['q']
  return search
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
