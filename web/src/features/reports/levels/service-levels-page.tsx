/** Settings > Service levels: what is promised to those who rely on Serai, and what was kept. */
import { useQuery } from '@tanstack/react-query'
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { useAddress } from '@/shared/lib/use-address'
import { useMe } from '@/shared/session/me'
import { Empty, Failed } from '@/shared/ui/notice'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Select } from '@/shared/ui/select'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { levelsQuery, type By, type Levels, type LevelsOf, type Name } from './api'
import { FigureCard } from './figure-card'
import { LevelsTable, NAMES } from './levels-table'
import { readLevelsSearch, SPANS, type LevelsSearch } from './search-params'
import { paceWords } from './words'

const USUAL_DAYS = 30

export default function ServiceLevelsPage() {
  const [search, setSearch] = useAddress(readLevelsSearch)
  const query = useQuery(levelsQuery('day', search.days ?? USUAL_DAYS, search.business))
  return (
    <SettingsPage wide title={t('Service levels')} about={t('What is promised to those who rely on Serai, and what was kept.')}>
      <Filters search={search} onChange={setSearch} />
      {query.isPending && <LevelsSkeleton />}
      {query.data === undefined && !query.isPending && (
        <Failed what={t('The service levels could not be loaded')} error={query.error} retry={query.refetch} />
      )}
      {query.data !== undefined && <Content levels={query.data} search={search} onChange={setSearch} />}
    </SettingsPage>
  )
}

interface FilterProps {
  search: LevelsSearch
  onChange: (search: LevelsSearch) => void
}

function Filters({ search, onChange }: FilterProps) {
  const { businesses } = useMe()
  return (
    <div className="flex flex-wrap items-end gap-2">
      {businesses.length > 1 && (
        <Select
          label={t('Business')}
          value={search.business ?? ''}
          options={[['', t('All businesses')], ...businesses.map(({ id, name }): [string, string] => [id, name])]}
          onChange={(business) => onChange(readLevelsSearch({ ...search, business }))}
        />
      )}
      <SegmentedControl
        label={t('Days')}
        value={String(search.days ?? USUAL_DAYS)}
        options={SPANS.map((count): [string, string] => [String(count), t('{count} days', { count })])}
        onChange={(days) => onChange({ ...search, days: Number(days) })}
      />
    </div>
  )
}

function Content({ levels, search, onChange }: FilterProps & { levels: Levels }) {
  if (levels.began_at === null && levels.groups.length === 0) {
    return (
      <Empty title={t('Counting has just begun')}>
        {t('A server and a worker say every minute that they work; answers and deliveries are counted every ten minutes. Come back soon.')}
      </Empty>
    )
  }
  return (
    <>
      <div className="grid gap-4 two:grid-cols-2">
        {NAMES.map((name) => (
          <FigureCard
            key={name}
            name={name}
            level={levels[name]}
            days={daysOf(levels, name)}
            more={name === 'answers' ? paceWords(levels.answers) : null}
          />
        ))}
      </div>
      <Groups levels={levels} search={search} onChange={onChange} />
      <Since levels={levels} />
    </>
  )
}

/** A place for each day of the span, whether anything was counted or not. */
function daysOf({ since, until, groups }: Levels, name: Name): (boolean | null)[] {
  const kept = new Map(groups.map((group) => [group.key, group[name]?.is_kept ?? null]))
  const days: (boolean | null)[] = []
  for (let at = Date.parse(since); at <= Date.parse(until); at += 86_400_000) {
    days.push(kept.get(new Date(at).toISOString().slice(0, 10)) ?? null)
  }
  return days
}

function Groups({ levels, search, onChange }: FilterProps & { levels: Levels }) {
  const by = search.by ?? 'day'
  const query = useQuery(levelsQuery(by, search.days ?? USUAL_DAYS, search.business))
  const groups = by === 'day' ? levels.groups : query.data?.groups
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-semibold">{t('In detail')}</h2>
        <SegmentedControl<By>
          label={t('By')}
          value={by}
          options={[
            ['day', t('Day')],
            ['business', t('Business')],
            ['channel', t('Number')],
          ]}
          onChange={(next) => onChange({ ...search, by: next })}
        />
      </div>
      <Found by={by} groups={groups} error={query.error} retry={query.refetch} />
      {by !== 'day' && (
        <p className="mt-3 text-xs text-soft">{t('Whether Serai works, and its errors, are the same for all; they are told by day.')}</p>
      )}
    </Card>
  )
}

interface FoundProps {
  by: By
  groups: LevelsOf[] | undefined
  error: Error | null
  retry: () => unknown
}

function Found({ by, groups, error, retry }: FoundProps) {
  if (groups === undefined) {
    if (error !== null) return <Failed what={t('The service levels could not be loaded')} error={error} retry={retry} />
    return <Skeleton className="h-40 rounded-xl" />
  }
  if (groups.length === 0) return <p className="text-sm text-soft">{t('Nothing was sent in that time.')}</p>
  return <LevelsTable by={by} groups={groups} />
}

function Since({ levels: { began_at: began, counted_at: counted } }: { levels: Levels }) {
  const moment = (at: string) => date(at, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <p className="text-xs text-soft">
      {began !== null && t('Watched since {when}.', { when: moment(began) })}{' '}
      {counted !== null && t('Answers and deliveries were last counted at {when}.', { when: moment(counted) })}{' '}
      {t('Days begin at midnight UTC.')}
    </p>
  )
}

function LevelsSkeleton() {
  return (
    <Loading what={t('the service levels')}>
      <div className="grid gap-4 two:grid-cols-2">
        {NAMES.map((name) => (
          <Skeleton key={name} className="h-48 rounded-2xl" />
        ))}
      </div>
      <Skeleton className="mt-4 h-64 rounded-2xl" />
    </Loading>
  )
}
