/** Who said it, where, and whether a file came with it. */
import { useNavigate } from '@tanstack/react-router'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { FilterChips, type Filter } from '@/shared/ui/filter-chips'
import { readSearchAddress, type SearchAddress } from './search-params'

export function SearchFilters({ search, businesses }: { search: SearchAddress; businesses: Business[] }) {
  const navigate = useNavigate()
  const go = (next: SearchAddress) => void navigate({ to: '/search', search: next, replace: true })
  const filters: Filter[] = [
    {
      name: 'author',
      title: t('Who wrote it'),
      value: search.author,
      options: [['contact', t('They wrote')], ['agent', t('We wrote')], ['automation', t('Automation wrote')]],
    },
    { name: 'files', title: t('With a file'), value: search.files === true ? 'yes' : undefined, options: [['yes', t('only')]] },
    { name: 'business', title: t('Business'), value: search.business, options: businesses.map(({ id, name }) => [id, name]) },
  ]
  return (
    <FilterChips
      filters={businesses.length > 1 ? filters : filters.slice(0, 2)}
      onChange={(name, value) => go(readSearchAddress({ ...search, [name]: name === 'files' ? value === 'yes' : value }))}
      onClear={() => go({ q: search.q })}
    />
  )
}
