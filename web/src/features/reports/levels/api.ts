/** Asks the server what is promised and what was kept. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

export type Levels = paths['/api/v1/reports/service-levels']['get']['responses'][200]['content']['application/json']
export type LevelsOf = Levels['groups'][number]
export type Level = Levels['up']
export type By = 'day' | 'business' | 'channel'
export type Name = 'up' | 'answers' | 'errors' | 'delivery'

const DAY_MS = 86_400_000
/** Counted every ten minutes; minutes that worked are told as they pass. */
const RENEW_MS = 60_000

/** Days are UTC's; today is the last of them. */
export const levelsQuery = (by: By, days: number, business: string | undefined) =>
  queryOptions({
    queryKey: ['service-levels', by, days, business],
    queryFn: () => {
      const since = new Date(Date.now() - (days - 1) * DAY_MS).toISOString().slice(0, 10)
      return answer(
        api.GET('/api/v1/reports/service-levels', {
          params: { query: { by, since, ...(business !== undefined && { business_id: business }) } },
        }),
      )
    },
    refetchInterval: RENEW_MS,
    placeholderData: keepPreviousData,
  })
