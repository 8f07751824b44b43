/** The businesses as a row to swipe, for a page too narrow for the rail. */
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { BusinessMark } from '@/shared/ui/arch'
import { pageAddress, PageLink, useSearchNow } from '@/shared/ui/page-link'

interface Props {
  to: '/inbox' | '/contacts' | '/channels'
  businesses: Business[]
  selected: string | undefined
}

export function BusinessChips({ to, businesses, selected }: Props) {
  const search = useSearchNow()
  const hrefOf = (business: string | undefined) => pageAddress(to, { ...search, business })
  return (
    <nav
      aria-label={t('Businesses')}
      className="flex min-w-0 flex-1 gap-1.5 overflow-x-auto px-2 py-2 -outline-offset-2 [scrollbar-width:none]"
    >
      <Chip href={hrefOf(undefined)} selected={selected === undefined}>
        {t('All')}
      </Chip>
      {businesses.map((business) => (
        <Chip key={business.id} href={hrefOf(business.id)} selected={business.id === selected}>
          <BusinessMark business={business} size="small" />
          {business.name}
        </Chip>
      ))}
    </nav>
  )
}

interface ChipProps {
  href: string
  selected: boolean
  children: React.ReactNode
}

function Chip({ href, selected, children }: ChipProps) {
  return (
    <PageLink
      href={href}
      aria-current={selected ? 'true' : undefined}
      className={cx(
        'flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 text-sm font-medium',
        selected ? 'bg-rail-ink text-rail' : 'bg-rail-raised',
      )}
    >
      {children}
    </PageLink>
  )
}
