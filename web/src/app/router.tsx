/** Which address shows which page. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { readSearch } from '@/features/inbox/search-params'
import { Empty, Failed } from '@/shared/ui/notice'
import { InboxRoute } from './inbox-route'
import { Layout } from './layout'

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
  component: InboxRoute,
})

const conversation = createRoute({ getParentRoute: () => inbox, path: '$conversationId' })

export const router = createRouter({ routeTree: root.addChildren([home, inbox.addChildren([conversation])]) })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function NotFound() {
  return (
    <main className="h-full">
      <Empty title="There is no such page">
        <Link to="/inbox" className="font-medium text-accent underline">
          Go to the inbox
        </Link>
      </Empty>
    </main>
  )
}

function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <main className="h-full">
      <Failed what="This page broke" error={error} retry={reset} />
    </main>
  )
}
