/** The first person, those who were invited, and those who forgot. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'

export interface Owner {
  token: string
  company: string
  name: string
  email: string
  password: string
}

export const firstRun = (body: Owner) => answer(api.POST('/api/v1/first-run', { body }))

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => answer(api.POST('/api/v1/invitation/look', { body: { token } })),
    staleTime: Infinity,
    retry: false,
  })

export const acceptInvitation = (body: { token: string; name: string; password: string }) =>
  answer(api.POST('/api/v1/invitation/accept', { body }))

export const askForReset = (email: string) => answer(api.POST('/api/v1/password/forgotten', { body: { email } }))

export const resetPassword = (body: { token: string; password: string }) =>
  answer(api.POST('/api/v1/password/reset', { body }))
