/** The side of the page: all businesses, each with its door open or closed. Narrow, or with names when there is room. */
import { Layers } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { openingOf, type Opening } from '@/shared/lib/opening'
import { BusinessMark, Logo } from '@/shared/ui/arch'
import { pageAddress, PageLink, useSearchNow } from '@/shared/ui/page-link'

interface Props {
  /** The page that a business leads to, showing only what is its own. */
  to: '/inbox' | '/contacts' | '/channels'
  /** Over the businesses: the parts of the product. */
  head: ReactNode
  businesses: Business[]
  /** `undefined`: all of them; `null`: the page is about none. */
  selected: string | null | undefined
  now: number
  foot: ReactNode
}

export function BusinessRail({ to, head, businesses, selected, now, foot }: Props) {
  const search = useSearchNow()
  const hrefOf = (business: string | undefined) => pageAddress(to, { ...search, business })
  return (
    <aside aria-label={t('Serai')} className="flex flex-col gap-1 bg-rail px-2 py-3 text-rail-ink two:w-15 wide:w-62 wide:px-3">
      <div className="mb-3 flex items-center justify-center gap-2 wide:justify-start wide:px-2">
        <Logo className="size-7" />
        <span className="hidden text-lg font-semibold tracking-tight wide:inline">{t('Serai')}</span>
      </div>
      {head}
      <nav aria-label={t('Businesses')} className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <RailLink href={hrefOf(undefined)} selected={selected === undefined} name={t('All businesses')}>
          <span aria-hidden className="grid h-9 w-8 place-items-center rounded-t-[16px] rounded-b-[6px] bg-rail-raised">
            <Layers className="size-4" />
          </span>
        </RailLink>
        {businesses.map((business) => (
          <RailLink
            key={business.id}
            href={hrefOf(business.id)}
            selected={business.id === selected}
            name={business.name}
            opening={openingOf(business, now)}
          >
            <BusinessMark business={business} />
          </RailLink>
        ))}
      </nav>
      <div className="mt-auto flex flex-col items-center gap-1 wide:flex-row wide:px-1">{foot}</div>
    </aside>
  )
}

interface RailLinkProps {
  href: string
  selected: boolean
  name: string
  opening?: Opening
  children: ReactNode
}

function RailLink({ href, selected, name, opening, children }: RailLinkProps) {
  return (
    <PageLink
      href={href}
      aria-current={selected ? 'true' : undefined}
      className={cx(
        'group relative flex items-center justify-center gap-3 rounded-xl p-1.5 transition-colors wide:justify-start',
        selected ? 'bg-rail-raised' : 'hover:bg-rail-raised/60',
      )}
    >
      <span className="relative">
        {children}
        {opening !== undefined && <Lamp open={opening.open} />}
      </span>
      <span
        className={cx(
          'pointer-events-none absolute start-[calc(100%+0.5rem)] z-20 w-max max-w-60 rounded-lg bg-ink px-2.5 py-1.5 text-xs text-paper opacity-0',
          'transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100',
          'wide:static wide:w-auto wide:min-w-0 wide:max-w-none wide:bg-transparent wide:p-0 wide:text-rail-ink wide:opacity-100',
        )}
      >
        <span dir="auto" className="block truncate font-medium wide:text-sm">{name}</span>
        {opening !== undefined && <span className="block truncate wide:text-2xs wide:text-rail-faint">{opening.words}</span>}
      </span>
    </PageLink>
  )
}

/** Lit while the door is open. */
function Lamp({ open }: { open: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        'absolute -end-1 -bottom-1 size-3 rounded-full border-2 border-rail',
        open ? 'bg-good' : 'bg-rail-faint',
      )}
    />
  )
}
