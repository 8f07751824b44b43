/** The lists that somebody keeps, and how many are in each. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import { teamKeys } from '../teamwork/api'

export const VIEWS_KEY = ['views'] as const

export const viewsQuery = queryOptions({
  queryKey: VIEWS_KEY,
  queryFn: () => answer(api.GET('/api/v1/views')),
  staleTime: 60_000,
})

/** Asked for again with the counts of the queues, whenever there is news. */
export const viewCountsQuery = (isAny: boolean) =>
  queryOptions({
    queryKey: [...teamKeys.counts, 'views'],
    queryFn: () => answer(api.GET('/api/v1/views/counts')),
    enabled: isAny,
  })

/** The same filters, in whatever order they were set. */
export const shapeOf = (search: object) =>
  JSON.stringify(
    Object.entries(search)
      .filter(([, value]) => value !== undefined && value !== null)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  )
