/** Who is signed in: what the key may see. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'

/** Opening times move with the clock, so this is asked again every so often. */
const RENEW_MS = 30_000

export const meQuery = (key: string) =>
  queryOptions({
    queryKey: ['me', key],
    queryFn: () => answer(api.GET('/api/v1/me')),
    refetchInterval: RENEW_MS,
  })
