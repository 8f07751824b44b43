/** Puts the businesses and the inbox on one page. */
import { useParams, useSearch } from '@tanstack/react-router'
import { BusinessChips } from '@/features/businesses/business-chips'
import { BusinessRail } from '@/features/businesses/business-rail'
import { InboxPage } from '@/features/inbox/inbox-page'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { RailSections } from './sections'
import { Tools, TopBar } from './top-bar'

const RENEW_MS = 30_000

export function InboxRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/inbox' })
  const { conversationId } = useParams({ strict: false })
  const now = useNow(RENEW_MS)
  return (
    <div className="flex h-dvh">
      <BusinessRail
        to="/inbox"
        businesses={businesses}
        selected={search.business}
        now={now}
        head={<RailSections />}
        foot={<Tools />}
      />
      <main className="flex min-w-0 flex-1">
        <InboxPage
          businesses={businesses}
          search={search}
          conversationId={conversationId}
          now={now}
          top={
            <>
              <TopBar />
              <BusinessChips to="/inbox" businesses={businesses} selected={search.business} />
            </>
          }
        />
      </main>
    </div>
  )
}
