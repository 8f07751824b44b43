/** What the panel asks about the person. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import type { Entry } from '@/shared/api/types'

export type Person = paths['/api/v1/contacts/{contact_id}']['get']['responses'][200]['content']['application/json']
export type Consent = paths['/api/v1/contacts/{contact_id}/consents']['get']['responses'][200]['content']['application/json']['data'][number]
export type Suggestion = paths['/api/v1/contacts/{contact_id}/suggestions']['get']['responses'][200]['content']['application/json']['data'][number]

const SETTLED_MS = 60_000
const at = (id: string) => ({ params: { path: { contact_id: id } } })

export const personQuery = (id: string) =>
  queryOptions({ queryKey: ['contact', id], queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}', at(id))) })

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'consents'],
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/consents', at(id))),
  })

const SHORT = 8
/** What was said stands in the thread; this is the rest, of every channel. */
const BESIDE_THE_THREAD: Entry['kind'][] = ['conversation', 'work', 'note', 'consent', 'tag', 'merge', 'block']

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'timeline', 'short'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/contacts/{contact_id}/timeline', { params: { path: { contact_id: id }, query: { kind: BESIDE_THE_THREAD, limit: SHORT } } }),
      ),
  })

export const suggestionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id, 'suggestions'],
    queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}/suggestions', at(id))),
    staleTime: SETTLED_MS,
  })

export const attributesQuery = (businessId: string) =>
  queryOptions({
    queryKey: ['contact-attributes', businessId],
    queryFn: () => answer(api.GET('/api/v1/contact-attributes', { params: { query: { business_id: businessId } } })),
    staleTime: SETTLED_MS,
  })
