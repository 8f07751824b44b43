/** On which of my browsers I am notified, of what, and when not. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'

const read = () => answer(api.GET('/api/v1/push'))
const KEY = ['push']

export type PushSettings = Awaited<ReturnType<typeof read>>
export type Choices = PushSettings['choices']
export type Device = PushSettings['devices'][number]

export const pushQuery = queryOptions({ queryKey: KEY, queryFn: read })

/** With effect at once; what the server does not take is said, and shown as it was. */
export function useChoose() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Choices) => answer(api.PUT('/api/v1/push/choices', { body })),
    onMutate: (choices) => {
      client.setQueryData<PushSettings>(KEY, (old) => old && { ...old, choices })
    },
    onError: fail,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useRemoveDevice() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/push/devices/{device_id}', { params: { path: { device_id: id } } })),
    onError: fail,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useTest() {
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/push/test')),
    onError: fail,
  })
}

/** Asks the browser for its address, and tells the server. */
export function useSubscribe(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const { pushManager } = await navigator.serviceWorker.ready
      const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
      const { endpoint = '', keys = {} } = subscription.toJSON()
      const body = { endpoint, keys: { p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' }, name: deviceName() }
      return answer(api.POST('/api/v1/push/devices', { body }))
    },
    onError: fail,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

/** What the server knows this browser by; null: it is not told. */
export async function ownDigest(): Promise<string | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (subscription === null || subscription === undefined) return null
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export const canPush = () => 'serviceWorker' in navigator && 'PushManager' in globalThis

function deviceName(): string {
  const { userAgent } = navigator
  const browser = /Edg\//.test(userAgent) ? 'Edge' : /Firefox\//.test(userAgent) ? 'Firefox' : /Chrome\//.test(userAgent) ? 'Chrome' : 'Safari'
  const system = /iPhone|iPad|Android|Windows|Mac|Linux/.exec(userAgent)?.[0] ?? ''
  return [browser, system].filter((part) => part !== '').join(', ')
}

function fail(error: Error): void {
  toast({ text: error.name === 'NotAllowedError' ? error.message : wordsFor(error), tone: 'bad' })
}
