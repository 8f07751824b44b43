/** Around every page but the inbox: the rail beside it, or the bar over it where the page is narrow. */
import type { ReactNode } from 'react'
import { BusinessChips } from '@/features/businesses/business-chips'
import { BusinessRail } from '@/features/businesses/business-rail'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { RailSections } from './sections'
import { Tools, TopBar } from './top-bar'

const RENEW_MS = 30_000

interface Props {
  /** The page that a business leads to. */
  to: '/inbox' | '/contacts' | '/channels'
  /** `undefined`: all of them; `null`: the page is about none, so a narrow one does not offer them. */
  business: string | null | undefined
  children: ReactNode
}

export function PageFrame({ to, business, children }: Props) {
  const { businesses } = useMe()
  const now = useNow(RENEW_MS)
  return (
    <div className="flex h-dvh">
      <BusinessRail to={to} businesses={businesses} selected={business} now={now} head={<RailSections />} foot={<Tools />} />
      <main className="flex min-w-0 flex-1 flex-col">
        <TopBar />
        {business !== null && <BusinessChips to={to} businesses={businesses} selected={business} />}
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </main>
    </div>
  )
}
