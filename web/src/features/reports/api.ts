/** Asks the server how long people wait. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

export type ResponseTimes = paths['/api/v1/reports/response-times']['get']['responses'][200]['content']['application/json']
export type By = 'day' | 'business' | 'channel' | 'agent'

export const responseTimesQuery = (by: By, days: number, business: string | undefined) =>
  queryOptions({
    queryKey: ['response-times', by, days, business],
    queryFn: () =>
      answer(
        api.GET('/api/v1/reports/response-times', {
          params: {
            query: {
              by,
              since: new Date(Date.now() - days * 86_400_000).toISOString(),
              ...(business !== undefined && { business_id: business }),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  })
