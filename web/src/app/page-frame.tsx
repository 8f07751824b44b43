/** Around every page: the rail beside it; where the page is narrow, a bar over it and the sections at its foot. */
import { memo, type ReactNode } from 'react'
import { BusinessRail } from '@/features/businesses/business-rail'
import { useFits } from '@/shared/lib/use-fits'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { BottomSections, RailSections } from './sections'
import { SKIP_TARGET, SkipLink } from './skip-link'
import { PaletteButton, SignOutButton, ThemeButton } from './tools'
import { TopBar } from './top-bar'

const RENEW_MS = 30_000

interface Props {
  /** The page that a business leads to. */
  to: '/inbox' | '/contacts' | '/channels'
  /** `undefined`: all of them; `null`: the page is about none, so a narrow one does not offer them. */
  business: string | null | undefined
  children: ReactNode
}

interface ShellProps extends Props {
  /** Something is open that needs the whole of a narrow page: it has a way back of its own. */
  isWhole?: boolean
}

export function Shell({ to, business, isWhole = false, children }: ShellProps) {
  const hasRail = useFits('two')
  return (
    <div className="flex h-dvh flex-col two:flex-row">
      <SkipLink />
      {hasRail && <Rail to={to} business={business} />}
      <main {...SKIP_TARGET} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">{children}</main>
      {/* Taking it away and making it anew costs a slow phone more than keeping it unseen. */}
      {!hasRail && <div className={isWhole ? 'hidden' : 'contents'}><BottomSections /></div>}
    </div>
  )
}

/** Every page but the inbox, which scrolls by itself. */
export function PageFrame({ children, ...shell }: Props) {
  return (
    <Shell {...shell}>
      {shell.business !== null && <TopBar to={shell.to} selected={shell.business} />}
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </Shell>
  )
}

const Rail = memo(function Rail({ to, business }: Pick<Props, 'to' | 'business'>) {
  const { businesses } = useMe()
  const now = useNow(RENEW_MS)
  return (
    <BusinessRail
      to={to}
      businesses={businesses}
      selected={business}
      now={now}
      head={<RailSections />}
      foot={
        <>
          <PaletteButton />
          <ThemeButton />
          <SignOutButton />
        </>
      }
    />
  )
})
