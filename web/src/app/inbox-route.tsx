/** Puts the businesses and the inbox on one page. */
import { useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { InboxPage } from '@/features/inbox/inbox-page'
import { useShown } from '@/features/inbox/use-shown'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { Shell } from './page-frame'
import { TopBar } from './top-bar'

const RENEW_MS = 30_000

export function InboxRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/inbox' })
  const { conversationId } = useParams({ strict: false })
  const [shownId, open] = useShown(conversationId)
  const now = useNow(RENEW_MS)
  const top = useMemo(() => <TopBar to="/inbox" selected={search.business} />, [search.business])
  return (
    <Shell to="/inbox" business={search.business} isWhole={shownId !== undefined}>
      <InboxPage
        businesses={businesses}
        search={search}
        shownId={shownId}
        addressedId={conversationId}
        open={open}
        now={now}
        top={top}
      />
    </Shell>
  )
}
