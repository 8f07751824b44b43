/** What Meta keeps about a number: asked when its part of the page is opened, changed from there. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import { newId } from '@/shared/lib/new-id'
import { keys } from './api'

/** Meta is asked each time; a page that is looked at for long need not ask again. */
const FRESH_MS = 60_000

const path = (id: string) => ({ params: { path: { channel_id: id } } })

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'profile'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/whatsapp/profile', path(id))),
    staleTime: FRESH_MS,
  })

export const codesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'codes'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/whatsapp/qr-codes', path(id))),
    staleTime: FRESH_MS,
  })

export const greetingQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'greeting'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/whatsapp/automation', path(id))),
    staleTime: FRESH_MS,
  })

export const shopQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'shop'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/whatsapp/commerce', path(id))),
    staleTime: FRESH_MS,
  })

export const usernameQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'username'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/whatsapp/username', path(id))),
    staleTime: FRESH_MS,
  })

export const webhooksQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'webhooks'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/webhooks', path(id))),
    staleTime: FRESH_MS,
  })

/** Of this day, from our own rows. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: keys.part(id, 'usage'),
    queryFn: () => answer(api.GET('/api/v1/channels/{channel_id}/usage', path(id))),
    refetchInterval: FRESH_MS,
  })

export type Usage = Awaited<ReturnType<NonNullable<ReturnType<typeof usageQuery>['queryFn']>>>
export type Profile = Awaited<ReturnType<NonNullable<ReturnType<typeof profileQuery>['queryFn']>>>
export type Greeting = Awaited<ReturnType<NonNullable<ReturnType<typeof greetingQuery>['queryFn']>>>
export type Username = Awaited<ReturnType<NonNullable<ReturnType<typeof usernameQuery>['queryFn']>>>
export type Code = Awaited<ReturnType<NonNullable<ReturnType<typeof codesQuery>['queryFn']>>>['data'][number]

/** Changes one part; the answer is the part as Meta has it then. */
function usePart<Change, Part>(id: string, part: string, change: (value: Change) => Promise<Part>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (now) => client.setQueryData(keys.part(id, part), now),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.one(id), exact: true }),
  })
}

export type ProfileChange = Partial<Omit<Profile, 'picture_url'>>

export const useChangeProfile = (id: string) =>
  usePart(id, 'profile', (body: ProfileChange) =>
    answer(api.PATCH('/api/v1/channels/{channel_id}/whatsapp/profile', { ...path(id), body })),
  )

export const useChangePicture = (id: string) =>
  usePart(id, 'profile', (picture: Blob) =>
    answer(
      api.PUT('/api/v1/channels/{channel_id}/whatsapp/profile/picture', {
        ...path(id),
        headers: { 'Content-Type': picture.type },
        // The bytes themselves, not JSON.
        body: picture as never,
        bodySerializer: (bytes: unknown) => bytes as Blob,
      }),
    ),
  )

export const useSetGreeting = (id: string) =>
  usePart(id, 'greeting', (body: Greeting) =>
    answer(api.PUT('/api/v1/channels/{channel_id}/whatsapp/automation', { ...path(id), body })),
  )

export const useSetShop = (id: string) =>
  usePart(id, 'shop', (body: { cart: boolean; catalogue: boolean }) =>
    answer(api.PUT('/api/v1/channels/{channel_id}/whatsapp/commerce', { ...path(id), body })),
  )

export const useSetUsername = (id: string) =>
  usePart(id, 'username', (username: string) =>
    answer(api.PUT('/api/v1/channels/{channel_id}/whatsapp/username', { ...path(id), body: { username } })),
  )

export const useRemoveUsername = (id: string) =>
  usePart(id, 'username', async (): Promise<Username> => {
    await answer(api.DELETE('/api/v1/channels/{channel_id}/whatsapp/username', path(id)))
    return { username: null, status: null }
  })

export const useRepairWebhooks = (id: string) =>
  usePart(id, 'webhooks', () => answer(api.POST('/api/v1/channels/{channel_id}/webhooks/repair', path(id))))

export const useRemoveOverride = (id: string) =>
  usePart(id, 'webhooks', () => answer(api.DELETE('/api/v1/channels/{channel_id}/webhooks/override', path(id))))

export function useCodes(id: string) {
  const client = useQueryClient()
  const again = { onSettled: () => void client.invalidateQueries({ queryKey: keys.part(id, 'codes') }) }
  const create = useMutation({
    mutationFn: (text: string) =>
      answer(
        api.POST('/api/v1/channels/{channel_id}/whatsapp/qr-codes', {
          ...path(id),
          headers: { 'Idempotency-Key': newId() },
          body: { text, picture: 'SVG' },
        }),
      ),
    ...again,
  })
  const remove = useMutation({
    mutationFn: (code: string) =>
      answer(api.DELETE('/api/v1/channels/{channel_id}/whatsapp/qr-codes/{code}', { params: { path: { channel_id: id, code } } })),
    ...again,
  })
  return { create, remove }
}

/** Everything about the channel is asked again afterwards. */
function useAct<Value>(id: string, act: (value: Value) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: keys.one(id) })
      await client.invalidateQueries({ queryKey: keys.all })
    },
  })
}

export const useRefresh = (id: string) =>
  useAct(id, () => answer(api.POST('/api/v1/channels/{channel_id}/refresh', path(id))))

/** With a new token, or none when what stopped the number was mended elsewhere. */
export const useResume = (id: string) =>
  useAct(id, (token: string | null) =>
    answer(api.POST('/api/v1/channels/{channel_id}/resume', { ...path(id), body: { token } })),
  )

export const useRegister = (id: string) =>
  useAct(id, (pin: string) =>
    answer(api.POST('/api/v1/channels/{channel_id}/whatsapp/register', { ...path(id), body: { pin } })),
  )

export const useSetPin = (id: string) =>
  useAct(id, (pin: string) => answer(api.PUT('/api/v1/channels/{channel_id}/whatsapp/pin', { ...path(id), body: { pin } })))

export const useMarketingRoute = (id: string) =>
  useAct(id, (used: boolean) =>
    answer(api.PATCH('/api/v1/channels/{channel_id}', { ...path(id), body: { whatsapp: { uses_marketing_route: used } } })),
  )
