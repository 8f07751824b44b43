/** Everything that is asked about channels. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'

/** What Meta says changes without us: look again. */
const RENEW_MS = 30_000

export const keys = {
  all: ['channels'] as const,
  one: (id: string) => ['channel', id] as const,
  part: (id: string, part: string) => ['channel', id, part] as const,
}

export const channelsQuery = queryOptions({
  queryKey: [...keys.all, 'cards'],
  queryFn: () => answer(api.GET('/api/v1/channels', { params: { query: { limit: 100 } } })),
  refetchInterval: RENEW_MS,
})

export const channelQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}', { params: { path: { channel_id: id } } })),
    refetchInterval: RENEW_MS,
  })
