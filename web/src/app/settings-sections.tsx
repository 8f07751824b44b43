/**
 * The pages of the settings. A new one is a line here: its address is `/settings/<path>`, and what a page has under it
 * is `/settings/<path>/<item>` (`useParams({ strict: false }).item`). Its filters live in the address: `useAddress`.
 */
import { Bell, CircleUser, HeartPulse, Keyboard, KeyRound, MessageSquareReply, Palette, ScrollText, ShieldBan, Store, Tags, Users, Zap, type LucideIcon } from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import { t } from '@/shared/i18n/t'
import type { Permission } from '@/shared/session/me'

export interface SettingsSection {
  path: string
  group: SettingsGroup
  /** Called while rendering, so that it follows the language. */
  title: () => string
  /** One line: what one does there. */
  about: () => string
  icon: LucideIcon
  /** Absent: for all who are signed in. Without it the page is neither listed nor shown. */
  permission?: Permission
  /** Lazy; has its own heading (`SettingsPage`) and reads what it needs itself. */
  page: ComponentType
}

/** In the order of the list. */
export const SETTINGS_GROUPS = {
  you: () => t('You'),
  work: () => t('How you work'),
  company: () => t('Company'),
  technical: () => t('Security and developers'),
}

export type SettingsGroup = keyof typeof SETTINGS_GROUPS

const BusinessesPage = lazy(() => import('@/features/businesses/settings/businesses-page'))
const KeysPage = lazy(() => import('@/features/keys/keys-page'))
const AuditPage = lazy(() => import('@/features/audit/audit-page'))
const NotificationsPage = lazy(() => import('@/features/notifications/notifications-page'))
const KeyboardPage = lazy(() => import('@/features/keyboard/keyboard-page'))
const AppearancePage = lazy(() => import('@/features/appearance/appearance-page'))
const TeamsPage = lazy(() => import('@/features/teamwork/teams-page'))

const AnsweringPage = lazy(() => import('@/features/desk/answering-page'))
const QuickRepliesPage = lazy(() => import('@/features/desk/quick-replies-page'))

const MembersPage = lazy(() => import('@/features/members/members-page'))
const AccountPage = lazy(() => import('@/features/session/account/account-page'))

const ServiceLevelsPage = lazy(() => import('@/features/reports/levels/service-levels-page'))

const TagsPage = lazy(() => import('@/features/contacts/settings/tags-page'))
const BlockedPage = lazy(() => import('@/features/contacts/settings/blocked-page'))

export const SETTINGS: SettingsSection[] = [
  {
    path: 'account',
    group: 'you',
    title: () => t('Your account'),
    about: () => t('Name, password, second factor, passkeys and where you are signed in.'),
    icon: CircleUser,
    page: AccountPage,
  },
  {
    path: 'members',
    group: 'company',
    title: () => t('Members'),
    about: () => t('Who works here, with which roles; invitations.'),
    icon: Users,
    permission: 'members:read',
    page: MembersPage,
  },
  {
    path: 'answering',
    group: 'you',
    title: () => t('Answering'),
    about: () => t('Time to undo, and the key that sends.'),
    icon: MessageSquareReply,
    permission: 'conversations:answer',
    page: AnsweringPage,
  },
  {
    path: 'quick-replies',
    group: 'work',
    title: () => t('Quick replies'),
    about: () => t('What you say often, with names and hours filled in.'),
    icon: Zap,
    permission: 'conversations:read',
    page: QuickRepliesPage,
  },
  {
    path: 'appearance',
    group: 'you',
    title: () => t('Appearance and language'),
    about: () => t('Language, light or dark, and how much fits on a page.'),
    icon: Palette,
    page: AppearancePage,
  },
  {
    path: 'keyboard',
    group: 'you',
    title: () => t('Keyboard'),
    about: () => t('All shortcuts, and switching single keys off.'),
    icon: Keyboard,
    page: KeyboardPage,
  },
  {
    path: 'notifications',
    group: 'you',
    title: () => t('Notifications'),
    about: () => t('What you hear of while no page is open, on which devices, and quiet hours.'),
    icon: Bell,
    permission: 'conversations:read',
    page: NotificationsPage,
  },
  {
    path: 'businesses',
    group: 'company',
    title: () => t('Businesses'),
    about: () => t('Names, opening hours, automatic texts and packs.'),
    icon: Store,
    permission: 'business:read',
    page: BusinessesPage,
  },
  {
    path: 'teams',
    group: 'work',
    title: () => t('Teams and queues'),
    about: () => t('Who gets which conversations, and how many at once.'),
    icon: Users,
    permission: 'conversations:read',
    page: TeamsPage,
  },
  {
    path: 'tags',
    group: 'work',
    title: () => t('Tags and fields'),
    about: () => t('How you tell people apart, and what you want to know of them.'),
    icon: Tags,
    permission: 'contacts:read',
    page: TagsPage,
  },
  {
    path: 'blocked',
    group: 'work',
    title: () => t('Blocked people'),
    about: () => t('Whom your numbers keep away.'),
    icon: ShieldBan,
    permission: 'channels:read',
    page: BlockedPage,
  },
  {
    path: 'service-levels',
    group: 'technical',
    title: () => t('Service levels'),
    about: () => t('How reliably Serai works: uptime, quick answers, errors, deliveries.'),
    icon: HeartPulse,
    permission: 'reports:read',
    page: ServiceLevelsPage,
  },
  {
    path: 'keys',
    group: 'technical',
    title: () => t('API keys'),
    about: () => t('Let your programs in: what each may do, and when it last did.'),
    icon: KeyRound,
    permission: 'keys:read',
    page: KeysPage,
  },
  {
    path: 'audit',
    group: 'technical',
    title: () => t('Audit log'),
    about: () => t('Who changed what, when, and what it was before.'),
    icon: ScrollText,
    permission: 'audit:read',
    page: AuditPage,
  },
]
