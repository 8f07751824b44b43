/** How one signs in, and where one is signed in. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import { makePasskey } from '../passkeys'

const askAccount = () => answer(api.GET('/api/v1/account'))

export const accountQuery = () => queryOptions({ queryKey: ['account'], queryFn: askAccount })

export type Account = Awaited<ReturnType<typeof askAccount>>
export type SignedInAt = Account['sessions'][number]
export type Passkey = Account['passkeys'][number]

/** Asked for again some time after signing in; `null` until the server says so. */
export type Again = string | null

export const changeSelf = (body: { name?: string }) => answer(api.PATCH('/api/v1/me', { body }))

export const changePassword = (body: { current: string | null; new: string }) =>
  answer(api.POST('/api/v1/account/password', { body }))

export const offerAuthenticator = (password: Again) => answer(api.POST('/api/v1/account/authenticator', { body: { password } }))

export const proveAuthenticator = (code: string) => answer(api.POST('/api/v1/account/authenticator/proof', { body: { code } }))

export const removeAuthenticator = (password: Again) =>
  answer(api.POST('/api/v1/account/authenticator/removal', { body: { password } }))

export const renewRecoveryCodes = (password: Again) => answer(api.POST('/api/v1/account/recovery-codes', { body: { password } }))

export async function addPasskey(name: string, password: Again): Promise<void> {
  const { options } = await answer(api.POST('/api/v1/account/passkeys/options', { body: { password } }))
  const credential = await makePasskey(options)
  await answer(api.POST('/api/v1/account/passkeys', { body: { name, credential } }))
}

export const renamePasskey = (id: string, name: string) =>
  answer(api.PATCH('/api/v1/account/passkeys/{passkey_id}', { params: { path: { passkey_id: id } }, body: { name } }))

export const removePasskey = (id: string, password: Again) =>
  answer(api.POST('/api/v1/account/passkeys/{passkey_id}/removal', { params: { path: { passkey_id: id } }, body: { password } }))

export const endSession = (id: string) =>
  answer(api.DELETE('/api/v1/account/sessions/{session_id}', { params: { path: { session_id: id } } }))

export const endOtherSessions = () => answer(api.DELETE('/api/v1/account/sessions'))
