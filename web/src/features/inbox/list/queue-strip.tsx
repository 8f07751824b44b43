/** The queues, each with how many are in it: whose, or in what state. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { countsQuery, teamsQuery, type Counts } from '../teamwork/api'
import type { InboxSearch } from '../search-params'

type Where = Pick<InboxSearch, 'queue' | 'status' | 'team'>

interface Item extends Where {
  words: string
  count: number | undefined
  /** Something in it is for whoever looks. */
  calls?: boolean
}

const HOME: Where = { queue: undefined, status: undefined, team: undefined }

export function QueueStrip({ search }: { search: InboxSearch }) {
  const { data: counts } = useQuery(countsQuery(search.business))
  const teams = useQuery(teamsQuery).data?.data ?? []
  const shown = teams.filter(({ business_id: id }) => search.business === undefined || id === search.business)
  const own: Item[] = shown.map(({ id, name }) => ({ ...HOME, team: id, words: name, count: counts?.teams[id] ?? 0 }))
  return (
    <nav aria-label={t('Status')} className="-mx-4 flex gap-1 overflow-x-auto px-4 pb-0.5 text-sm font-medium [scrollbar-width:none]">
      {[...queues(counts), ...own, ...states(counts)].map((item) => (
        <QueueLink key={item.words} item={item} search={search} />
      ))}
    </nav>
  )
}

function queues(counts: Counts | undefined): Item[] {
  return [
    { ...HOME, words: t('Open'), count: counts?.open },
    { ...HOME, queue: 'mine', words: t('Mine'), count: counts?.mine, calls: (counts?.mine_unread ?? 0) > 0 },
    { ...HOME, queue: 'unassigned', words: t('Unassigned'), count: counts?.unassigned },
    { ...HOME, queue: 'mentions', words: t('Mentions'), count: counts?.mentions, calls: (counts?.mentions ?? 0) > 0 },
  ]
}

function states(counts: Counts | undefined): Item[] {
  return [
    { ...HOME, status: 'pending', words: t('Waiting for them'), count: counts?.pending },
    { ...HOME, status: 'snoozed', words: t('Put off'), count: counts?.snoozed },
    { ...HOME, status: 'resolved', words: t('Resolved'), count: undefined },
  ]
}

function QueueLink({ item: { words, count, calls, ...where }, search }: { item: Item; search: InboxSearch }) {
  const isHere = where.queue === search.queue && where.status === search.status && where.team === search.team
  return (
    <Link
      to="/inbox"
      search={(old) => ({ ...old, ...where })}
      aria-current={isHere ? 'true' : undefined}
      className={cx(
        'flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 transition-colors',
        isHere ? 'bg-accent-soft text-accent' : 'text-soft hover:bg-sunken hover:text-ink',
      )}
    >
      <bdi>{words}</bdi>{' '}
      {count !== undefined && count > 0 && (
        <span
          className={cx(
            'min-w-4 text-center text-2xs font-semibold tabular-nums',
            calls === true && 'rounded-full bg-accent-fill px-1.5 text-on-accent',
          )}
        >
          {count > 999 ? '999+' : count}
        </span>
      )}
    </Link>
  )
}
