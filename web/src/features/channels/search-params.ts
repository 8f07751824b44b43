/** What of the channels is shown, as the address says it. */
export const TABS = ['overview', 'profile', 'codes', 'greeting', 'shop', 'connection'] as const

export type Tab = (typeof TABS)[number]

export interface ChannelsSearch {
  /** Absent: of all businesses. */
  business?: string | undefined
  /** Of one channel; absent: the overview. */
  tab?: Tab | undefined
  /** From Meta's login, on the way back. */
  code?: string | undefined
}

export function readChannelsSearch(raw: Record<string, unknown>): ChannelsSearch {
  const { business, tab, code } = raw
  const search: ChannelsSearch = {}
  if (typeof business === 'string' && business !== '') search.business = business
  if (typeof code === 'string' && code !== '') search.code = code
  const known = TABS.find((each) => each === tab)
  if (known !== undefined && known !== 'overview') search.tab = known
  return search
}
