/** What the page of service levels shows, in its address. */
import type { By } from './api'

export interface LevelsSearch {
  business?: string
  days?: number
  by?: By
}

export const SPANS = [7, 30, 90]
const BYS: By[] = ['day', 'business', 'channel']

export function readLevelsSearch(raw: Record<string, unknown>): LevelsSearch {
  const search: LevelsSearch = {}
  if (typeof raw['business'] === 'string' && raw['business'] !== '') search.business = raw['business']
  const days = SPANS.find((each) => each === Number(raw['days']))
  if (days !== undefined) search.days = days
  const by = BYS.find((each) => each === raw['by'])
  if (by !== undefined) search.by = by
  return search
}
