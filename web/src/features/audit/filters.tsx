/** Narrow the log: by who, by business, by days, by what it was about. */
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { FilterChips } from '@/shared/ui/filter-chips'
import { SearchBox } from '@/shared/ui/search-box'
import { WhenField } from '@/shared/ui/when-field'
import { actorsQuery } from './api'
import { readAuditSearch, type AuditSearch } from './search-params'

export function Filters({ search, onChange }: { search: AuditSearch; onChange: (next: AuditSearch) => void }) {
  const { businesses } = useMe()
  const actors = useQuery(actorsQuery).data ?? []
  const set = (name: string, value: string | undefined) => onChange(readAuditSearch({ ...search, [name]: value }))
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <SearchBox
          label={t('What it was about')}
          placeholder={t('An id, a table, part of an address')}
          value={search.find}
          onSettle={(find) => set('find', find)}
          className="min-w-48 flex-1"
        />
        <WhenField label={t('From')} kind="date" value={search.since ?? ''} onChange={(value) => set('since', value)} />
        <WhenField label={t('Until')} kind="date" value={search.until ?? ''} onChange={(value) => set('until', value)} />
      </div>
      <FilterChips
        filters={[
          { name: 'actor', title: t('Who'), value: search.actor, options: actors.map(({ id, name }) => [id, name]) },
          { name: 'business', title: t('Business'), value: search.business, options: businesses.map(({ id, name }) => [id, name]) },
        ]}
        onChange={set}
        onClear={() => onChange(readAuditSearch({ ...search, actor: undefined, business: undefined }))}
      />
    </div>
  )
}
