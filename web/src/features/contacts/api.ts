/** Everything that is asked about contacts. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { newId } from '@/shared/lib/new-id'
import type { ContactsSearch, Kind } from './search-params'

export type Contact = paths['/api/v1/contacts/{contact_id}']['get']['responses'][200]['content']['application/json']
export type Tag = Contact['tags'][number]
export type Identity = Contact['identities'][number]
export type IdentityType = Identity['type']
export type Consent = paths['/api/v1/contacts/{contact_id}/consents']['get']['responses'][200]['content']['application/json']['data'][number]
export type Entry = paths['/api/v1/contacts/{contact_id}/timeline']['get']['responses'][200]['content']['application/json']['data'][number]
export type Suggestion = paths['/api/v1/contacts/{contact_id}/suggestions']['get']['responses'][200]['content']['application/json']['data'][number]
export type Attribute = paths['/api/v1/contact-attributes']['get']['responses'][200]['content']['application/json']['data'][number]
export type ContactIn = paths['/api/v1/contacts']['post']['requestBody']['content']['application/json']
export type Changes = paths['/api/v1/contacts/{contact_id}']['patch']['requestBody']['content']['application/json']
export type ConsentIn = paths['/api/v1/contacts/{contact_id}/consents']['post']['requestBody']['content']['application/json']
export type Wanted = NonNullable<paths['/api/v1/contacts/count']['get']['parameters']['query']>

const PAGE = 100
const DAY_MS = 86_400_000
const once = () => ({ 'Idempotency-Key': newId() })

export const keys = {
  lists: ['contacts'] as const,
  one: (id: string) => ['contact', id] as const,
  part: (id: string, part: string) => ['contact', id, part] as const,
  tags: ['tags'] as const,
}

/** The filter of the address as the API wants it. */
export function wantedOf({ business, q, tag, language, channel, consent, phone, quiet, own, archived = false }: ContactsSearch): Wanted {
  return {
    archived,
    ...(business !== undefined && { business_id: business }),
    ...(q !== undefined && { q }),
    ...(tag !== undefined && { tag_id: [tag] }),
    ...(language !== undefined && { language }),
    ...(channel !== undefined && { channel_id: channel }),
    ...(consent !== undefined && { consent }),
    ...phoneWanted(phone),
    ...(own !== undefined && { attribute: own }),
    ...(quiet !== undefined && { seen_before: new Date(startOfToday() - quiet * DAY_MS).toISOString() }),
  }
}

function phoneWanted(phone: ContactsSearch['phone']): Pick<Wanted, 'has' | 'lacks'> {
  if (phone === undefined) return {}
  return phone === 'yes' ? { has: 'phone' } : { lacks: 'phone' }
}

const startOfToday = () => Math.floor(Date.now() / DAY_MS) * DAY_MS

export const contactsQuery = (search: ContactsSearch) => {
  const query = { ...wantedOf(search), sort: search.sort ?? ('seen' as const), limit: PAGE }
  return infiniteQueryOptions({
    queryKey: [...keys.lists, 'pages', query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) => answer(api.GET('/api/v1/contacts', { params: { query: { ...query, ...(cursor !== null && { cursor }) } } })),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
}

export const countQuery = (search: ContactsSearch) => {
  const query = wantedOf(search)
  return queryOptions({
    queryKey: [...keys.lists, 'count', query],
    queryFn: () => answer(api.GET('/api/v1/contacts/count', { params: { query } })),
    placeholderData: keepPreviousData,
  })
}

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
  })

export const tagsQuery = queryOptions({
  queryKey: [...keys.tags, 'all'],
  queryFn: () => answer(api.GET('/api/v1/tags')),
})

export const channelsQuery = queryOptions({
  queryKey: ['channels', 'names'],
  queryFn: () => answer(api.GET('/api/v1/channels', { params: { query: { limit: 100 } } })),
})

export const attributesQuery = (businessId: string) =>
  queryOptions({
    queryKey: ['contact-attributes', businessId],
    queryFn: () => answer(api.GET('/api/v1/contact-attributes', { params: { query: { business_id: businessId } } })),
  })

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'consents'),
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/consents', { params: { path: { contact_id: id } } })),
  })

export const mergesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'merges'),
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/merges', { params: { path: { contact_id: id } } })),
  })

export const suggestionsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'suggestions'),
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/suggestions', { params: { path: { contact_id: id } } })),
  })

export const blocksQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'blocks'),
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/blocks', { params: { path: { contact_id: id } } })),
  })

/** What stands together under one word. */
const KINDS_OF: Record<Kind, Entry['kind'][]> = { message: ['message'], work: ['conversation', 'work'], note: ['note'], consent: ['consent', 'block'] }

export const timelineQuery = (id: string, kind: Kind | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.part(id, 'timeline'), kind ?? 'all'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET('/api/v1/contacts/{contact_id}/timeline', {
          params: { path: { contact_id: id }, query: { ...(kind !== undefined && { kind: KINDS_OF[kind] }), ...(cursor !== null && { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  })

/** Whatever is done to one contact; what is shown of it and of the lists is asked again. */
function useOnContact<Given, Told>(id: string, act: (given: Given) => Promise<Told>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.one(id) })
      void client.invalidateQueries({ queryKey: keys.lists })
    },
  })
}

const at = (id: string) => ({ path: { contact_id: id } })

export function useAddContact() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ContactIn) =>
      answer(api.POST('/api/v1/contacts', { body, headers: once() })),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.lists }),
  })
}

export const useChangeContact = ({ id, etag }: Contact) =>
  useOnContact(id, (body: Changes) =>
    answer(api.PATCH('/api/v1/contacts/{contact_id}', { params: { ...at(id), header: { 'if-match': etag } }, body })),
  )

export const useArchive = (id: string) =>
  useOnContact(id, () => answer(api.DELETE('/api/v1/contacts/{contact_id}', { params: at(id) })))

export const useRestore = (id: string) =>
  useOnContact(id, () => answer(api.POST('/api/v1/contacts/{contact_id}/restore', { params: at(id) })))

export const useBlock = (id: string) =>
  useOnContact(id, ({ channel, on }: { channel: string; on: boolean }) => {
    const params = { path: { channel_id: channel, contact_id: id } }
    const path = '/api/v1/channels/{channel_id}/blocked/{contact_id}'
    return answer(on ? api.PUT(path, { params }) : api.DELETE(path, { params }))
  })

export const useAddIdentity = (id: string) =>
  useOnContact(id, (body: { type: IdentityType; value: string }) =>
    answer(api.POST('/api/v1/contacts/{contact_id}/identities', { params: at(id), body })),
  )

export const useRemoveIdentity = (id: string) =>
  useOnContact(id, (identity: string) =>
    answer(
      api.DELETE('/api/v1/contacts/{contact_id}/identities/{identity_id}', { params: { path: { contact_id: id, identity_id: identity } } }),
    ),
  )

export const useVerify = (id: string) =>
  useOnContact(id, ({ identity, verified }: { identity: string; verified: boolean }) => {
    const params = { path: { contact_id: id, identity_id: identity } }
    const path = '/api/v1/contacts/{contact_id}/identities/{identity_id}/verified'
    return answer(verified ? api.PUT(path, { params }) : api.DELETE(path, { params }))
  })

export const useTag = (id: string) =>
  useOnContact(id, ({ tag, on }: { tag: string; on: boolean }) => {
    const params = { path: { contact_id: id, tag_id: tag } }
    const path = '/api/v1/contacts/{contact_id}/tags/{tag_id}'
    return answer<unknown>(on ? api.PUT(path, { params }) : api.DELETE(path, { params }))
  })

export const useRecordConsent = (id: string) =>
  useOnContact(id, (body: ConsentIn) =>
    answer(api.POST('/api/v1/contacts/{contact_id}/consents', { params: at(id), body, headers: once() })),
  )

export const useMerge = (id: string) =>
  useOnContact(id, (gone: string) =>
    answer(api.POST('/api/v1/contacts/{contact_id}/merges', { params: at(id), body: { gone_id: gone } })),
  )

export const useUnmerge = (id: string) =>
  useOnContact(id, (merge: string) =>
    answer(api.DELETE('/api/v1/contacts/{contact_id}/merges/{merge_id}', { params: { path: { contact_id: id, merge_id: merge } } })),
  )

export const useDismiss = (id: string) =>
  useOnContact(id, (other: string) =>
    answer(
      api.PUT('/api/v1/contacts/{contact_id}/suggestions/{other_id}/dismissed', { params: { path: { contact_id: id, other_id: other } } }),
    ),
  )
