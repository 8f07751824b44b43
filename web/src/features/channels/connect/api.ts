/** What the wizard asks of the server. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { keys } from '../api'

type Body<P extends '/api/v1/channels/connect' | '/api/v1/channels/connect/channel'> =
  paths[P]['post']['requestBody']['content']['application/json']

export type Found = paths['/api/v1/channels/connect']['post']['responses'][200]['content']['application/json']
export type FoundChannel = Found['accounts'][number]['channels'][number]

/** Meta's id of a number; what it is chosen by. */
export const idOf = ({ external_ids: { phone_number_id: id } }: FoundChannel) => id ?? ''
export type Connected = paths['/api/v1/channels/connect/channel']['post']['responses'][200]['content']['application/json']
export type Choice = Body<'/api/v1/channels/connect/channel'>

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
    mutationFn: (body: Choice) => answer(api.POST('/api/v1/channels/connect/channel', { body })),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.all }),
  })
}
