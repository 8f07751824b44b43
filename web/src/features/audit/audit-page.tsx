/** Settings > Audit log: who did what, when, and what it was before. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/t'
import { useAddress } from '@/shared/lib/use-address'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { SettingsPage } from '@/shared/ui/settings-page'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { entriesQuery } from './api'
import { EntryRow } from './entry-row'
import { ExportButton } from './export-button'
import { Filters } from './filters'
import { readAuditSearch, type AuditSearch } from './search-params'
import { VerifyBadge } from './verify-badge'

export default function AuditPage() {
  const [search, setSearch] = useAddress(readAuditSearch)
  return (
    <SettingsPage
      wide
      title={t('Audit log')}
      about={t('Every change: who made it, when, and what it was before.')}
      action={<ExportButton search={search} />}
    >
      <VerifyBadge />
      <Filters search={search} onChange={setSearch} />
      <Entries search={search} onClear={() => setSearch({})} />
    </SettingsPage>
  )
}

function Entries({ search, onClear }: { search: AuditSearch; onClear: () => void }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(entriesQuery(search))
  if (data === undefined) {
    if (error !== null) return <Failed what={t('The log could not be loaded')} error={error} retry={refetch} />
    return (
      <Loading what={t('Audit log')}>
        <Skeleton className="h-96 rounded-2xl" />
      </Loading>
    )
  }
  const entries = data.pages.flatMap((page) => page.data)
  if (entries.length === 0) {
    return (
      <Empty title={t('Nothing fits')}>
        <p className="mb-3">{t('No change was made that these filters let through.')}</p>
        <Button onClick={onClear}>{t('Show all')}</Button>
      </Empty>
    )
  }
  return (
    <>
      <ol className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-raised">
        {entries.map((entry) => (
          <EntryRow key={entry.number} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="justify-self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('Show older')}
        </Button>
      )}
    </>
  )
}
