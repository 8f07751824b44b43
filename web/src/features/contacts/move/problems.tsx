/** Rows of a table that are not taken in: which, what is wrong in which column, and all of them as a table to mend. */
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { buttonLook } from '@/shared/ui/button'
import { Failed } from '@/shared/ui/notice'
import { Skeleton } from '@/shared/ui/skeleton'
import { problemsQuery, reportOf, type Job } from './api'

export const problemsOf = ({ counts }: Job) => (counts['invalid'] ?? 0) + (counts['duplicate'] ?? 0)

export function Problems({ job, count }: { job: Job; count: number }) {
  const query = useQuery(problemsQuery(job.id))
  const rows = query.data?.data ?? []
  return (
    <section aria-label={t('Rows that are left out')} className="overflow-hidden rounded-2xl border border-line bg-panel">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <h2 className="me-auto text-sm font-semibold">{t('{count, plural, one {# row is left out} other {# rows are left out}}', { count })}</h2>
        <a href={reportOf(job.id, 'problems')} download className={buttonLook('quiet')}>
          <Download aria-hidden className="size-4" />
          {t('Download these rows')}
        </a>
      </header>
      {query.isPending && <Skeleton className="m-4 h-10" />}
      {query.isError && <Failed what={t('The rows could not be loaded')} error={query.error} retry={query.refetch} />}
      <ol className="max-h-80 divide-y divide-line overflow-y-auto text-sm">
        {rows.map(({ row, why, cells }) => (
          <li key={row} className="grid gap-x-4 gap-y-0.5 px-4 py-2 two:grid-cols-[5rem_minmax(0,1fr)]">
            <span className="text-soft tabular-nums">{t('Row {row}', { row })}</span>
            <span className="min-w-0">
              <span className="block">{why}</span>
              <bdi className="block truncate text-xs text-soft">{cells.filter(Boolean).join(' · ')}</bdi>
            </span>
          </li>
        ))}
      </ol>
      {count > rows.length && rows.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-xs text-soft">
          {t('{more, plural, one {And # more; it is in the download.} other {And # more; they are in the download.}}', { more: count - rows.length })}
        </p>
      )}
    </section>
  )
}
