/** Pages at the door that have links of their own; loaded when such a link is followed. */
export { FirstRunPage } from '@/features/session/welcome/first-run-page'
export { ForgotPage } from '@/features/session/welcome/forgot-page'
export { InvitationPage } from '@/features/session/welcome/invitation-page'
export { ProviderPage } from '@/features/session/welcome/provider-page'
export { ResetPage } from '@/features/session/welcome/reset-page'
