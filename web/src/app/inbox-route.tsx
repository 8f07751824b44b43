/** Puts the businesses and the inbox on one page. */
import { useParams, useSearch } from '@tanstack/react-router'
import { BusinessChips } from '@/features/businesses/business-chips'
import { BusinessRail } from '@/features/businesses/business-rail'
import { InboxPage } from '@/features/inbox/inbox-page'
import { useNow } from '@/shared/lib/use-now'
import { Logo } from '@/shared/ui/arch'
import { useMe } from './me'
import { SignOutButton, ThemeButton } from './tools'

const RENEW_MS = 30_000

export function InboxRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/inbox' })
  const { conversationId } = useParams({ strict: false })
  const now = useNow(RENEW_MS)
  const tools = (
    <>
      <ThemeButton />
      <SignOutButton />
    </>
  )
  return (
    <div className="flex h-dvh">
      <BusinessRail businesses={businesses} selected={search.business} now={now} foot={tools} />
      <main className="flex min-w-0 flex-1">
        <InboxPage
          businesses={businesses}
          search={search}
          conversationId={conversationId}
          now={now}
          top={
            <>
              <div className="flex items-center gap-2 bg-rail px-3 pt-2 pb-1 text-rail-ink two:hidden">
                <Logo className="size-6" />
                <span className="me-auto font-semibold tracking-tight">Serai</span>
                {tools}
              </div>
              <BusinessChips businesses={businesses} selected={search.business} />
            </>
          }
        />
      </main>
    </div>
  )
}
