/** Narrow the log: by who, by business, by days, by what it was about. */
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { FilterChips } from '@/shared/ui/filter-chips'
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
        <Find key={search.find} value={search.find ?? ''} onFind={(find) => set('find', find)} />
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

function Find({ value, onFind }: { value: string; onFind: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  return (
    <form
      role="search"
      className="min-w-48 flex-1"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(typed.trim())
      }}
    >
      <label className="block text-sm font-medium">
        <span className="mb-1.5 block">{t('What it was about')}</span>
        <span className="relative block">
          <Search aria-hidden className="absolute start-3 top-3 size-4 text-faint" />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => typed.trim() !== value && onFind(typed.trim())}
            placeholder={t('An id, a table, part of an address')}
            className="h-10 w-full rounded-lg border border-line-strong bg-raised ps-9 pe-3 text-base font-normal placeholder:text-faint"
          />
        </span>
      </label>
    </form>
  )
}
