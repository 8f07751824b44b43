/** People and messages that fit what somebody types. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

type Found = paths['/api/v1/search']['get']['responses'][200]['content']['application/json']
export type FoundContact = Omit<Found['contacts'][number], 'marks'>
export type FoundMessage = Omit<Found['messages'][number], 'marks'>

/** Shorter is refused by the server: nearly everything would fit. */
export const SHORTEST = 2
const MOST = 5

export const foundQuery = (q: string) =>
  queryOptions({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/search', { params: { query: { q, limit: MOST } }, signal })),
    enabled: Array.from(q).length >= SHORTEST,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
