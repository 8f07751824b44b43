/** Who works here, and who was asked to. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'

const askMembers = () => answer(api.GET('/api/v1/members'))
const askRules = () => answer(api.GET('/api/v1/sign-in-rules'))
const askInvitations = () => answer(api.GET('/api/v1/invitations'))

export const membersQuery = () => queryOptions({ queryKey: ['members'], queryFn: askMembers })
export const rulesQuery = () => queryOptions({ queryKey: ['sign-in-rules'], queryFn: askRules })
export const invitationsQuery = () => queryOptions({ queryKey: ['invitations'], queryFn: askInvitations })

export type Member = Awaited<ReturnType<typeof askMembers>>['data'][number]
export type Invitation = Awaited<ReturnType<typeof askInvitations>>['data'][number]
export type Rules = Awaited<ReturnType<typeof askRules>>
export type Membership = Member['memberships'][number]
export type Role = Membership['role']

export const invite = (body: { email: string; memberships: Membership[]; language?: 'en' | 'ar' }) => answer(api.POST('/api/v1/invitations', { body }))

export type Invited = Awaited<ReturnType<typeof invite>>

export const resend = (id: string) =>
  answer(api.POST('/api/v1/invitations/{invitation_id}/resend', { params: { path: { invitation_id: id } } }))

export const withdraw = (id: string) =>
  answer(api.DELETE('/api/v1/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }))

export const changeRoles = (id: string, memberships: Membership[]) =>
  answer(api.PATCH('/api/v1/members/{user_id}', { params: { path: { user_id: id } }, body: { memberships } }))

export const disable = (id: string) => answer(api.POST('/api/v1/members/{user_id}/disable', { params: { path: { user_id: id } } }))

export const enable = (id: string) => answer(api.POST('/api/v1/members/{user_id}/enable', { params: { path: { user_id: id } } }))

export const forgetSecondFactor = (id: string) =>
  answer(api.POST('/api/v1/members/{user_id}/forget-second-factor', { params: { path: { user_id: id } } }))

export const setRules = (roles: Role[]) => answer(api.PUT('/api/v1/sign-in-rules', { body: { second_factor_roles: roles } }))
