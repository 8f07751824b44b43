/** Which contacts are shown and how, as the address says it. */
export const SORTS = ['seen', 'seen_asc', 'newest', 'oldest', 'name', 'name_desc'] as const
export type Sort = (typeof SORTS)[number]
export const CONSENTS = ['yes', 'no', 'unknown'] as const
export type Said = (typeof CONSENTS)[number]
export const KINDS = ['message', 'work', 'note', 'consent'] as const
export type Kind = (typeof KINDS)[number]

export interface ContactsSearch {
  /** Absent: of all businesses. */
  business?: string | undefined
  q?: string | undefined
  tag?: string | undefined
  language?: string | undefined
  channel?: string | undefined
  consent?: Said | undefined
  /** Without a phone number. */
  phone?: 'yes' | 'no' | undefined
  /** Not seen for so many days. */
  quiet?: number | undefined
  archived?: boolean | undefined
  /** What own fields of one business say, each as `key:value`. */
  own?: string[] | undefined
  sort?: Sort | undefined
  /** Of one contact's history. */
  kind?: Kind | undefined
}

export function readContactsSearch(raw: Record<string, unknown>): ContactsSearch {
  const search: ContactsSearch = {}
  for (const name of ['business', 'q', 'tag', 'language', 'channel'] as const) {
    const value = raw[name]
    if (typeof value === 'string' && value !== '') search[name] = value
  }
  search.consent = CONSENTS.find((each) => each === raw['consent'])
  search.sort = SORTS.find((each) => each === raw['sort'] && each !== 'seen')
  search.kind = KINDS.find((each) => each === raw['kind'])
  search.phone = (['yes', 'no'] as const).find((each) => each === raw['phone'])
  if (typeof raw['quiet'] === 'number' && raw['quiet'] > 0) search.quiet = raw['quiet']
  const own = Array.isArray(raw['own']) ? raw['own'].filter((each) => typeof each === 'string' && each.includes(':')) : []
  if (own.length > 0) search.own = own as string[]
  if (raw['archived'] === true) search.archived = true
  return search
}
