/** Everything that is asked about businesses, and every change to one. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

type Of<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer Body } } } } }
  ? Body
  : never
type BodyOf<P extends keyof paths, M extends string> = M extends keyof paths[P]
  ? paths[P][M] extends { requestBody: { content: { 'application/json': infer Body } } }
    ? Body
    : never
  : never

export type BusinessDetail = Of<'/api/v1/businesses/{business_id}'>
export type BusinessChange = BodyOf<'/api/v1/businesses/{business_id}', 'patch'>
export type NewBusiness = BodyOf<'/api/v1/businesses', 'post'>
export type Hours = Of<'/api/v1/businesses/{business_id}/hours'>
export type Interval = Hours['weekly'][number]
export type Special = Hours['exceptions'][number]
export type Profile = Of<'/api/v1/businesses/{business_id}/profile'>
export type Pack = Of<'/api/v1/packs'>['data'][number]
export type PackStanding = Of<'/api/v1/businesses/{business_id}/packs/{key}'>
export type Trial = BodyOf<'/api/v1/businesses/{business_id}/hours/preview', 'post'>
export type GoLive = Of<'/api/v1/businesses/{business_id}/go-live'>

const at = (business_id: string) => ({ params: { path: { business_id } } })

export const keys = {
  one: (id: string) => ['business', id] as const,
  part: (id: string, part: string) => ['business', id, part] as const,
}

export const businessQuery = (id: string) =>
  queryOptions({ queryKey: keys.part(id, 'detail'), queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}', at(id))) })

export const hoursQuery = (id: string) =>
  queryOptions({ queryKey: keys.part(id, 'hours'), queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}/hours', at(id))) })

export const profileQuery = (id: string) =>
  queryOptions({ queryKey: keys.part(id, 'profile'), queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}/profile', at(id))) })

export const goLiveQuery = (id: string) =>
  queryOptions({ queryKey: keys.part(id, 'go-live'), queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}/go-live', at(id))) })

export const packsQuery = queryOptions({
  queryKey: ['packs'],
  queryFn: () => answer(api.GET('/api/v1/packs')),
  staleTime: Infinity,
})

export const packQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: [...keys.part(id, 'pack'), key],
    queryFn: () => answer(api.GET('/api/v1/businesses/{business_id}/packs/{key}', { params: { path: { business_id: id, key } } })),
  })

/** Two weeks under hours that nobody saved; the last answer stays while the next is on its way. */
export const previewQuery = (id: string, trial: Trial) =>
  queryOptions({
    queryKey: [...keys.part(id, 'preview'), trial],
    queryFn: () => answer(api.POST('/api/v1/businesses/{business_id}/hours/preview', { ...at(id), body: trial })),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** A change to one business; afterwards everything that shows it asks again. */
function useChange<Body, Answer>(id: string, send: (body: Body) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.one(id) }), client.invalidateQueries({ queryKey: ['me'] })]),
  })
}

export const useChangeBusiness = (id: string) =>
  useChange(id, (body: BusinessChange) => answer(api.PATCH('/api/v1/businesses/{business_id}', { ...at(id), body })))

export const useSetHours = (id: string) =>
  useChange(id, (body: Hours) => answer(api.PUT('/api/v1/businesses/{business_id}/hours', { ...at(id), body })))

export const useSetProfile = (id: string) =>
  useChange(id, (body: Profile) => answer(api.PUT('/api/v1/businesses/{business_id}/profile', { ...at(id), body })))

export const useInstallPack = (id: string) =>
  useChange(id, (key: string) =>
    answer(api.PUT('/api/v1/businesses/{business_id}/packs/{key}', { params: { path: { business_id: id, key } } })),
  )

export const useMarkPaper = (id: string) =>
  useChange(id, ({ key, is_ready }: { key: string; is_ready: boolean }) =>
    answer(
      api.PUT('/api/v1/businesses/{business_id}/go-live/documents/{key}', {
        params: { path: { business_id: id, key } },
        body: { is_ready },
      }),
    ),
  )

export function useAddBusiness() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewBusiness) => answer(api.POST('/api/v1/businesses', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  })
}
