/** What the wizard asks of the server. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { keys } from '../api'

type Body<P extends '/api/v1/channels/connect' | '/api/v1/channels/connect/number'> =
  paths[P]['post']['requestBody']['content']['application/json']

export type Found = paths['/api/v1/channels/connect']['post']['responses'][200]['content']['application/json']
export type FoundNumber = Found['accounts'][number]['numbers'][number]
export type Connected = paths['/api/v1/channels/connect/number']['post']['responses'][200]['content']['application/json']
export type Choice = Body<'/api/v1/channels/connect/number'>

/** Where Meta's login leads back to: this page. */
export const comingBack = () => `${location.origin}/channels/connect`

export const waysQuery = queryOptions({
  queryKey: ['connect'],
  queryFn: () => answer(api.GET('/api/v1/channels/connect', { params: { query: { redirect_uri: comingBack() } } })),
})

export const useBegin = () =>
  useMutation({
    mutationFn: (body: Body<'/api/v1/channels/connect'>) => answer(api.POST('/api/v1/channels/connect', { body })),
  })

export function useConnect() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Choice) => answer(api.POST('/api/v1/channels/connect/number', { body })),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.all }),
  })
}
