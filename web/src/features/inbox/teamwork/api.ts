/** What is asked of the server about working together: colleagues, teams, counts, lines, who is here. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type Line = Answer<'/api/v1/conversations/{conversation_id}/lines'>['data'][number]
export type Here = Answer<'/api/v1/conversations/{conversation_id}/presence'>['data'][number]
export type Background = Answer<'/api/v1/conversations/{conversation_id}/background'>
export type Team = Answer<'/api/v1/teams'>['data'][number]
export type Counts = Answer<'/api/v1/inbox/counts'>

const LINES = 100
const SETTLED_MS = 60_000

export const teamKeys = {
  counts: ['counts'] as const,
  lines: (id: string) => ['lines', id] as const,
  presence: (id: string) => ['presence', id] as const,
  background: (id: string) => ['background', id] as const,
}

export const countsQuery = (businessId: string | undefined) =>
  queryOptions({
    queryKey: [...teamKeys.counts, businessId],
    queryFn: () =>
      answer(
        api.GET('/api/v1/inbox/counts', {
          params: { query: businessId === undefined ? {} : { business_id: businessId } },
        }),
      ),
  })

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => answer(api.GET('/api/v1/teams')),
  staleTime: SETTLED_MS,
})

export const colleaguesQuery = (businessId: string) =>
  queryOptions({
    queryKey: ['colleagues', businessId],
    queryFn: () => answer(api.GET('/api/v1/colleagues', { params: { query: { business_id: businessId } } })),
    staleTime: SETTLED_MS,
  })

export const tagsQuery = (businessId: string) =>
  queryOptions({
    queryKey: ['tags', businessId],
    queryFn: () => answer(api.GET('/api/v1/tags', { params: { query: { business_id: businessId } } })),
    staleTime: SETTLED_MS,
  })

/** Notes and what was done, the newest first; of the conversations before it too. */
export const linesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: teamKeys.lines(id),
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/conversations/{conversation_id}/lines', {
          params: {
            path: { conversation_id: id },
            query: { earlier: true, limit: LINES, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })

export const presenceQuery = (id: string) =>
  queryOptions({
    queryKey: teamKeys.presence(id),
    queryFn: () =>
      answer(api.GET('/api/v1/conversations/{conversation_id}/presence', { params: { path: { conversation_id: id } } })),
    staleTime: 0,
  })

export const backgroundQuery = (id: string) =>
  queryOptions({
    queryKey: teamKeys.background(id),
    queryFn: () =>
      answer(api.GET('/api/v1/conversations/{conversation_id}/background', { params: { path: { conversation_id: id } } })),
  })
