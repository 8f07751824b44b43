/** The audit log: a page at a time, who is in it, whether it holds, and all of it as a file. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import type { AuditSearch } from './search-params'

export type Entry = paths['/api/v1/audit']['get']['responses'][200]['content']['application/json']['data'][number]
export type Change = Entry['changes'][number]
type Wanted = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>

const PAGE = 50
const FRESH_MS = 60_000

/** Days are whole days of this machine's clock. */
export function wanted(search: AuditSearch): Wanted {
  const { business, actor, find, since, until } = search
  return {
    ...(business !== undefined && { business_id: business }),
    ...(actor !== undefined && { actor_id: actor }),
    ...(find !== undefined && { subject: find }),
    ...(since !== undefined && { since: new Date(`${since}T00:00`).toISOString() }),
    ...(until !== undefined && { until: dayAfter(until) }),
  }
}

function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00`)
  at.setDate(at.getDate() + 1)
  return at.toISOString()
}

export const entriesQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'entries', search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/audit', {
          params: { query: { ...wanted(search), limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  })

export const actorsQuery = queryOptions({
  queryKey: ['audit', 'actors'],
  queryFn: async () => (await answer(api.GET('/api/v1/audit/actors'))).data,
  staleTime: FRESH_MS,
})

export const verdictQuery = queryOptions({
  queryKey: ['audit', 'verdict'],
  queryFn: () => answer(api.GET('/api/v1/audit/verify')),
  staleTime: FRESH_MS,
})

export async function exported(search: AuditSearch, format: 'csv' | 'jsonl'): Promise<Blob> {
  const query = { ...wanted(search), format }
  const file = await answer<unknown>(api.GET('/api/v1/audit/export', { params: { query }, parseAs: 'blob' }))
  return file as Blob
}
