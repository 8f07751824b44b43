/** Who said it, where, and whether a file came with it. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import type { SearchAddress } from './search-params'

export function SearchFilters({ search, businesses }: { search: SearchAddress; businesses: Business[] }) {
  const author = (wanted: NonNullable<SearchAddress['author']>) => (search.author === wanted ? undefined : wanted)
  return (
    <div role="group" aria-label={t('Filters')} className="flex flex-wrap gap-1.5">
      <Chip on={search.author === 'contact'} to={{ ...search, author: author('contact') }}>
        {t('They wrote')}
      </Chip>
      <Chip on={search.author === 'agent'} to={{ ...search, author: author('agent') }}>
        {t('We wrote')}
      </Chip>
      <Chip on={search.author === 'automation'} to={{ ...search, author: author('automation') }}>
        {t('Automation wrote')}
      </Chip>
      <Chip on={search.files === true} to={{ ...search, files: search.files === true ? undefined : true }}>
        {t('With a file')}
      </Chip>
      {businesses.length > 1 &&
        businesses.map(({ id, name }) => (
          <Chip key={id} on={search.business === id} to={{ ...search, business: search.business === id ? undefined : id }}>
            <bdi>{name}</bdi>
          </Chip>
        ))}
    </div>
  )
}

function Chip({ on, to, children }: { on: boolean; to: SearchAddress; children: ReactNode }) {
  return (
    <Link
      to="/search"
      search={to}
      replace
      aria-current={on ? 'true' : undefined}
      className={cx(
        'rounded-full border px-3 py-1 text-xs font-medium transition-colors',
        on ? 'border-accent bg-accent-soft text-ink' : 'border-line-strong text-soft hover:bg-sunken hover:text-ink',
      )}
    >
      {children}
    </Link>
  )
}
