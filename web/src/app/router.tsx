/** Which address shows which page. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { readChannelsSearch } from '@/features/channels/search-params'
import { readContactsSearch } from '@/features/contacts/search-params'
import { readSearch } from '@/features/inbox/search-params'
import { readSearchAddress } from '@/features/search/search-params'
import { t } from '@/shared/i18n/t'
import { Empty, Failed } from '@/shared/ui/notice'
import { PageLink } from '@/shared/ui/page-link'
import { Layout } from './layout'

/** Fetched when somebody first goes there. */
const channelPages = () => import('./channels-route')
const contactPages = () => import('./contacts-route')
const deskPages = () => import('./desk-routes')
const settingsPages = () => import('./settings-route')

const welcomePages = () => import('./welcome-routes')

const root = createRootRoute({ component: Layout, notFoundComponent: NotFound, errorComponent: Broken })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true })
  },
})

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./inbox-route'), 'InboxRoute'),
})

const conversation = createRoute({ getParentRoute: () => inbox, path: '$conversationId' })

const channels = createRoute({
  getParentRoute: () => root,
  path: '/channels',
  validateSearch: readChannelsSearch,
  component: lazyRouteComponent(channelPages, 'ChannelsFrame'),
})

const channelList = createRoute({
  getParentRoute: () => channels,
  path: '/',
  component: lazyRouteComponent(channelPages, 'ChannelsRoute'),
})

const connect = createRoute({
  getParentRoute: () => channels,
  path: 'connect',
  component: lazyRouteComponent(channelPages, 'ConnectRoute'),
})

const channel = createRoute({
  getParentRoute: () => channels,
  path: '$channelId',
  component: lazyRouteComponent(channelPages, 'ChannelRoute'),
})

const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: readContactsSearch,
  component: lazyRouteComponent(contactPages, 'ContactsFrame'),
})

const contactList = createRoute({
  getParentRoute: () => contacts,
  path: '/',
  component: lazyRouteComponent(contactPages, 'ContactsRoute'),
})

const contactImport = createRoute({
  getParentRoute: () => contacts,
  path: 'import',
  component: lazyRouteComponent(contactPages, 'ImportRoute'),
})

const contact = createRoute({
  getParentRoute: () => contacts,
  path: '$contactId',
  component: lazyRouteComponent(contactPages, 'ContactRoute'),
})

/** Each page of the settings reads its own search parameters (`useAddress`). */
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(settingsPages, 'SettingsFrame'),
})

const settingsOverview = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(settingsPages, 'SettingsOverview'),
})

const settingsPage = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  component: lazyRouteComponent(settingsPages, 'SettingsRoute'),
})

const settingsItem = createRoute({
  getParentRoute: () => settings,
  path: '$section/$item',
  component: lazyRouteComponent(settingsPages, 'SettingsRoute'),
})

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: readSearchAddress,
  component: lazyRouteComponent(deskPages, 'SearchRoute'),
})

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports/response-times',
  component: lazyRouteComponent(deskPages, 'ReportsRoute'),
})

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/welcome/first-run',
  component: lazyRouteComponent(welcomePages, 'FirstRunPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/welcome/invitation',
  component: lazyRouteComponent(welcomePages, 'InvitationPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/welcome/forgot',
  component: lazyRouteComponent(welcomePages, 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/welcome/reset',
  component: lazyRouteComponent(welcomePages, 'ResetPage'),
})

const provider = createRoute({
  getParentRoute: () => root,
  path: '/welcome/provider',
  component: lazyRouteComponent(welcomePages, 'ProviderPage'),
})

/** Documentation: in no navigation, and open to whoever knows its address. */
const styleguide = createRoute({
  getParentRoute: () => root,
  path: '/styleguide',
  component: lazyRouteComponent(() => import('@/features/styleguide/styleguide-page'), 'StyleguidePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    firstRun,
    invitation,
    forgot,
    reset,
    provider,
    inbox.addChildren([conversation]),
    contacts.addChildren([contactList, contactImport, contact]),
    channels.addChildren([channelList, connect, channel]),
    search,
    reports,
    styleguide,
    settings.addChildren([settingsOverview, settingsPage, settingsItem]),
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function NotFound() {
  return (
    <main className="h-full">
      <Empty title={t('There is no such page')}>
        <PageLink href="/inbox" className="font-medium text-accent underline">
          {t('Go to the inbox')}
        </PageLink>
      </Empty>
    </main>
  )
}

function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <main className="h-full">
      <Failed what={t('This page broke')} error={error} retry={reset} />
    </main>
  )
}
