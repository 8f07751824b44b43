/** API keys: all of them, and every change to one. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

export type Key = paths['/api/v1/keys']['get']['responses'][200]['content']['application/json']['data'][number]
export type NewKey = paths['/api/v1/keys']['post']['requestBody']['content']['application/json']
/** Shown once. */
export type MadeKey = paths['/api/v1/keys']['post']['responses'][200]['content']['application/json']

const KEYS = ['keys'] as const

export const keysQuery = queryOptions({
  queryKey: KEYS,
  queryFn: async () => (await answer(api.GET('/api/v1/keys'))).data,
})

function useKeyChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: KEYS }) })
}

export const useMakeKey = () => useKeyChange((body: NewKey) => answer(api.POST('/api/v1/keys', { body })))

export const useRotateKey = () =>
  useKeyChange(({ id, hours }: { id: string; hours: number }) =>
    answer(api.POST('/api/v1/keys/{key_id}/rotate', { params: { path: { key_id: id } }, body: { hours } })),
  )

export const useRevokeKey = () =>
  useKeyChange((id: string) => answer(api.DELETE('/api/v1/keys/{key_id}', { params: { path: { key_id: id } } })))
