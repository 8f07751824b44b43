/** Everything that is asked about tags, fields and blocked people, to set them up. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { keys } from '../api'

export type Tag = paths['/api/v1/tags']['get']['responses'][200]['content']['application/json']['data'][number]
export type TagIn = paths['/api/v1/tags']['post']['requestBody']['content']['application/json']
export type FieldIn = paths['/api/v1/businesses/{business_id}/contact-attributes/{key}']['put']['requestBody']['content']['application/json']
export type Blocked = paths['/api/v1/channels/{channel_id}/blocked']['get']['responses'][200]['content']['application/json']['data'][number]

const FIELDS = ['contact-attributes'] as const

export const usesQuery = (businessId: string) =>
  queryOptions({
    queryKey: [...FIELDS, businessId, 'uses'],
    queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}/contact-attributes/uses', { params: { path: { business_id: businessId } } })),
  })

export const blockedQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['blocked', channelId],
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/blocked', { params: { path: { channel_id: channelId } } })),
  })

/** What changes tags or fields changes people, lists and menus as well. */
function useSetting<Given, Told>(asked: readonly string[], act: (given: Given) => Promise<Told>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all([asked, keys.lists, ['contact']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

const tagAt = (id: string) => ({ path: { tag_id: id } })

export const useAddTag = () => useSetting(keys.tags, (body: TagIn) => answer(api.POST('/api/v1/tags', { body })))

export const useChangeTag = (id: string) =>
  useSetting(keys.tags, (body: { name?: string; colour?: Tag['colour'] }) => answer(api.PATCH('/api/v1/tags/{tag_id}', { params: tagAt(id), body })))

export const useMergeTag = (id: string) =>
  useSetting(keys.tags, (into: string) => answer(api.POST('/api/v1/tags/{tag_id}/merge', { params: tagAt(id), body: { into_id: into } })))

export const useRemoveTag = (id: string) => useSetting(keys.tags, () => answer(api.DELETE('/api/v1/tags/{tag_id}', { params: tagAt(id) })))

const fieldAt = (businessId: string, key: string) => ({ path: { business_id: businessId, key } })

export const usePutField = (businessId: string) =>
  useSetting(FIELDS, ({ key, body }: { key: string; body: FieldIn }) =>
    answer(api.PUT('/api/v1/businesses/{business_id}/contact-attributes/{key}', { params: fieldAt(businessId, key), body })),
  )

export const useRemoveField = (businessId: string, key: string) =>
  useSetting(FIELDS, () => answer(api.DELETE('/api/v1/businesses/{business_id}/contact-attributes/{key}', { params: fieldAt(businessId, key) })))

export const useUnblock = (channelId: string) =>
  useSetting(['blocked'], ({ contact_id: contact, phone, user_id: user }: Blocked) => {
    const path = { channel_id: channelId }
    if (contact !== null) return answer(api.DELETE('/api/v1/channels/{channel_id}/blocked/{contact_id}', { params: { path: { ...path, contact_id: contact } } }))
    const query = { ...(phone !== null && { phone }), ...(user !== null && { user_id: user }) }
    return answer(api.DELETE('/api/v1/channels/{channel_id}/blocked', { params: { path, query } }))
  })
