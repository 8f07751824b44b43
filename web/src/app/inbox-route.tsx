/** Puts the businesses and the inbox on one page. */
import { useParams, useSearch } from '@tanstack/react-router'
import { InboxPage } from '@/features/inbox/inbox-page'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { Shell } from './page-frame'
import { TopBar } from './top-bar'

const RENEW_MS = 30_000

export function InboxRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/inbox' })
  const { conversationId } = useParams({ strict: false })
  const now = useNow(RENEW_MS)
  return (
    <Shell to="/inbox" business={search.business} isWhole={conversationId !== undefined}>
      <InboxPage
        businesses={businesses}
        search={search}
        conversationId={conversationId}
        now={now}
        top={<TopBar to="/inbox" selected={search.business} />}
      />
    </Shell>
  )
}
