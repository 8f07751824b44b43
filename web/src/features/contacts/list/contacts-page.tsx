/** All people of a business: found, filtered, chosen, and changed many at once. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import type { Business } from '@/shared/api/types'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { attributesQuery, contactsQuery, countQuery } from '../api'
import type { ContactsSearch } from '../search-params'
import { ColumnPicker } from './column-picker'
import { columnsOf, useChosenColumns, type Column } from './columns'
import { ContactTable } from './contact-table'
import { Filters, isFiltered } from './filters'
import { NewContact } from './new-contact'
import { useChosen, type Chosen } from './use-chosen'

interface Props {
  businesses: Business[]
  search: ContactsSearch
  now: number
  /** Import, export and what is done to the chosen. */
  tools: ReactNode
  bar: (chosen: Chosen, count: number) => ReactNode
}

export function ContactsPage({ businesses, search, now, tools, bar }: Props) {
  useEffect(() => {
    document.title = `${t('Contacts')} · Serai`
  }, [])
  const [adding, setAdding] = useState(false)
  const mayWrite = useMay('contacts:write')
  const count = useQuery(countQuery(search))
  const chosen = useChosen(search)
  const own = useQuery({ ...attributesQuery(search.business ?? ''), enabled: search.business !== undefined }).data?.data ?? []
  const [shown, chooseColumns] = useChosenColumns()
  const columns = columnsOf(own)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-4 pb-3 two:px-6 two:pt-6">
        <div className="me-auto min-w-0">
          <h1 className="text-xl font-bold tracking-tight">{t('Contacts')}</h1>
          <p className="h-5 text-sm text-soft tabular-nums" role="status">
            {count.data !== undefined && t('{count, plural, one {# person} other {# people}}', { count: count.data.count })}
          </p>
        </div>
        <span className="max-wide:hidden">
          <ColumnPicker columns={columns} shown={shown} onChoose={chooseColumns} />
        </span>
        {tools}
        {mayWrite && (
          <Button look="main" onClick={() => setAdding(true)} aria-label={t('Add a contact')}>
            <UserPlus aria-hidden className="size-4" />
            <span className="two:hidden">{t('Add')}</span>
            <span className="max-two:hidden">{t('Add a contact')}</span>
          </Button>
        )}
      </header>
      <Filters search={search} />
      <Rows businesses={businesses} columns={columns.filter(({ name }) => shown.includes(name))} search={search} now={now} chosen={chosen} onAdd={() => setAdding(true)} />
      {chosen.some && bar(chosen, count.data?.count ?? 0)}
      {adding && <NewContact businesses={businesses} selected={search.business} onClose={() => setAdding(false)} />}
    </div>
  )
}

interface RowsProps extends Pick<Props, 'businesses' | 'search' | 'now'> {
  chosen: Chosen
  columns: Column[]
  onAdd: () => void
}

function Rows({ businesses, columns, search, now, chosen, onAdd }: RowsProps) {
  const query = useInfiniteQuery(contactsQuery(search))
  const { fetchNextPage } = query
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage])
  if (query.isPending) return <RowsSkeleton />
  if (query.data === undefined) {
    return <Failed what={t('The contacts could not be loaded')} error={query.error} retry={query.refetch} />
  }
  const contacts = query.data.pages.flatMap((page) => page.data)
  if (contacts.length === 0) return <Nobody search={search} onAdd={onAdd} />
  return (
    <ContactTable
      contacts={contacts}
      businesses={businesses}
      columns={columns}
      search={search}
      now={now}
      chosen={chosen}
      hasMore={query.hasNextPage}
      isFetching={query.isFetchingNextPage}
      onEnd={onEnd}
    />
  )
}

function Nobody({ search, onAdd }: { search: ContactsSearch; onAdd: () => void }) {
  return (
    <div className="grid flex-1 place-items-center">
      {isFiltered(search) ? (
        <Empty title={t('Nobody fits these filters')}>{t('Take one away to see more people.')}</Empty>
      ) : (
        <Empty title={t('Nobody yet')}>
          <p>{t('Whoever writes to you appears here. You can also add people, or import a list.')}</p>
          <Button className="mt-3" onClick={onAdd}>
            {t('Add a contact')}
          </Button>
        </Empty>
      )}
    </div>
  )
}

function RowsSkeleton() {
  return (
    <Loading what={t('contacts')}>
      <div className="grid gap-3 px-4 py-3 two:px-6">
        {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
          <div key={row} className="flex items-center gap-3">
            <Skeleton className="size-9 rounded-full" />
            <Skeleton className="h-4 w-48" />
            <Skeleton className="ms-auto h-4 w-24" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
