/** How long people wait for a person of ours, in business hours: in all, and by day, business, number or colleague. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Empty, Failed } from '@/shared/ui/notice'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Select } from '@/shared/ui/select'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { responseTimesQuery, type By, type ResponseTimes } from './api'
import { Bars } from './bars'
import { shareWords, waitWords } from './words'

const SPANS: [string, number][] = [
  ['7', 7],
  ['30', 30],
  ['90', 90],
]

export function ResponseTimesPage({ businesses }: { businesses: Business[] }) {
  const [by, setBy] = useState<By>('day')
  const [days, setDays] = useState('30')
  const [business, setBusiness] = useState('')
  const query = useQuery(responseTimesQuery(by, Number(days), business === '' ? undefined : business))
  useEffect(() => {
    document.title = `${t('Response times')} · Serai`
  }, [])
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-4 py-5 two:px-8 two:py-7">
        <header className="mb-5 flex flex-wrap items-end justify-between gap-3">
          <div>
            <h1 className="text-xl font-bold tracking-tight">{t('Response times')}</h1>
            <p className="text-sm text-soft">{t('In business hours, until a person answers. What automation says does not count.')}</p>
          </div>
          <div className="flex flex-wrap items-end gap-2">
            {businesses.length > 1 && (
              <Select
                label={t('Business')}
                value={business}
                options={[['', t('All businesses')], ...businesses.map(({ id, name }): [string, string] => [id, name])]}
                onChange={setBusiness}
              />
            )}
            <SegmentedControl
              label={t('Days')}
              value={days}
              options={SPANS.map(([value, count]): [string, string] => [value, t('{count} days', { count })])}
              onChange={setDays}
            />
          </div>
        </header>
        <Faces query={query} by={by} onBy={setBy} />
      </div>
    </div>
  )
}

interface FacesProps {
  query: { data: ResponseTimes | undefined; isPending: boolean; error: Error | null; refetch: () => unknown }
  by: By
  onBy: (by: By) => void
}

function Faces({ query, by, onBy }: FacesProps) {
  if (query.isPending) return <ReportSkeleton />
  if (query.data === undefined) return <Failed what={t('The report could not be loaded')} error={query.error} retry={query.refetch} />
  const { total, groups, aim_seconds: aim } = query.data
  if (total.count === 0) {
    return <Empty title={t('Nobody was answered in that time')}>{t('As soon as a colleague answers somebody, it is counted here.')}</Empty>
  }
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 two:grid-cols-4">
        <Figure name={t('First answer, median')} value={waitWords(total.first_median_seconds)} />
        <Figure name={t('Next answers, median')} value={waitWords(total.next_median_seconds)} />
        <Figure name={t('9 of 10 within')} value={waitWords(total.p90_seconds)} />
        <Figure
          name={t('Within {aim}', { aim: waitWords(aim) })}
          value={shareWords(total.share_within_aim)}
          isGood={(total.share_within_aim ?? 0) >= 0.8}
        />
      </dl>
      <section className="mt-5 rounded-2xl border border-line bg-raised p-4 two:p-5">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-semibold">{t('{count, plural, one {# answer} other {# answers}}', { count: total.count })}</h2>
          <SegmentedControl
            label={t('By')}
            value={by}
            options={[
              ['day', t('Day')],
              ['business', t('Business')],
              ['channel', t('Number')],
              ['agent', t('Colleague')],
            ]}
            onChange={onBy}
          />
        </div>
        <Bars groups={groups} by={by} aim={aim} />
      </section>
    </>
  )
}

function Figure({ name, value, isGood = false }: { name: string; value: string; isGood?: boolean }) {
  return (
    <div className="rounded-2xl border border-line bg-raised px-4 py-3.5">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className={isGood ? 'mt-1 text-xl font-bold text-good-ink tabular-nums' : 'mt-1 text-xl font-bold tabular-nums'}>{value}</dd>
    </div>
  )
}

function ReportSkeleton() {
  return (
    <Loading what={t('the report')}>
      <div className="grid grid-cols-2 gap-3 two:grid-cols-4">
        {[0, 1, 2, 3].map((each) => (
          <Skeleton key={each} className="h-20 rounded-2xl" />
        ))}
      </div>
      <Skeleton className="mt-5 h-64 rounded-2xl" />
    </Loading>
  )
}
