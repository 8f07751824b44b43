/** Pages at the door that have links of their own; loaded when such a link is followed. */
export { FirstRunPage } from '@/features/session/welcome/first-run-page'
