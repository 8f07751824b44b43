/** Coming in, going out, and who is in. */
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import { forgetDevice } from '@/shared/offline/forget'
import { enter, leave, takeLink } from '@/shared/session/door'
import { showPasskey } from './passkeys'

/** Opening times move with the clock, so this is asked again every so often. */
const RENEW_MS = 30_000

export const meQuery = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: async () => {
      await followLink()
      return answer(api.GET('/api/v1/me'))
    },
    refetchInterval: RENEW_MS,
  })

const askWays = () => answer(api.GET('/api/v1/session/ways'))

export const waysQuery = () => queryOptions({ queryKey: ['ways'], queryFn: askWays, staleTime: Infinity })

export type Ways = Awaited<ReturnType<typeof askWays>>
export type Step = Awaited<ReturnType<typeof signIn>>
export type Factor = NonNullable<Step['factors']>[number]

export const signIn = (body: { email: string; password: string }) => answer(api.POST('/api/v1/session', { body }))

export const showCode = (code: string) => answer(api.POST('/api/v1/session/code', { body: { code } }))

export const showRecoveryCode = (code: string) => answer(api.POST('/api/v1/session/recovery-code', { body: { code } }))

/** By a passkey alone, or by one as the second factor. */
export async function signInByPasskey(signal?: AbortSignal): Promise<Step> {
  const { options } = await answer(api.POST('/api/v1/session/passkey/options'))
  const credential = await showPasskey(options, signal)
  return answer(api.POST('/api/v1/session/passkey', { body: { credential } }))
}

export async function signOut(client: QueryClient): Promise<void> {
  await answer(api.DELETE('/api/v1/session')).catch(() => undefined)
  client.clear()
  await forgetDevice()
  leave()
}

async function followLink(): Promise<void> {
  const token = takeLink()
  if (token === null) return
  try {
    await answer(api.POST('/api/v1/session/link', { body: { token } }))
    enter()
  } catch (error) {
    leave()
    throw error
  }
}

/** Where the company's own sign-in begins; afterwards the browser is at `to`. */
export const providerAddress = (id: string, to: string) =>
  `/api/v1/session/providers/${encodeURIComponent(id)}?to=${encodeURIComponent(to)}`
