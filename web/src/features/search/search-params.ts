/** What is looked for, as the address says it. */
export interface SearchAddress {
  q?: string | undefined
  business?: string | undefined
  author?: 'contact' | 'agent' | 'automation' | undefined
  files?: true | undefined
}

const AUTHORS = new Set(['contact', 'agent', 'automation'])

export function readSearchAddress(raw: Record<string, unknown>): SearchAddress {
  const search: SearchAddress = {}
  // The address reads a number as one.
  if (typeof raw['q'] === 'string' || typeof raw['q'] === 'number') search.q = String(raw['q'])
  if (typeof raw['business'] === 'string') search.business = raw['business']
  if (AUTHORS.has(raw['author'] as string)) search.author = raw['author'] as NonNullable<SearchAddress['author']>
  if (raw['files'] === true) search.files = true
  return search
}
