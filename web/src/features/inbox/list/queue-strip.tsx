/** The queues, each with how many are in it: whose, or in what state. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { pageAddress, PageLink } from '@/shared/ui/page-link'
import { conversationsQuery } from '../api'
import { countsQuery, teamsQuery, type Counts } from '../teamwork/api'
import { readSearch, type InboxSearch } from '../search-params'
import { shapeOf, viewCountsQuery, viewsQuery } from './views-query'

type Where = Pick<InboxSearch, 'queue' | 'status' | 'team'>

interface Item extends Where {
  words: string
  count: number | undefined
  /** Something in it is for whoever looks. */
  calls?: boolean
}

/** More are in the menu of views. */
const SHOWN_VIEWS = 5
const HOME: Where = { queue: undefined, status: undefined, team: undefined }

export function QueueStrip({ search }: { search: InboxSearch }) {
  const { data: counts } = useQuery(countsQuery(search.business))
  const teams = useQuery(teamsQuery).data?.data ?? []
  const shown = teams.filter(({ business_id: id }) => search.business === undefined || id === search.business)
  const views = useQuery(viewsQuery).data ?? []
  const viewCounts = useQuery(viewCountsQuery(views.length > 0)).data?.counts ?? {}
  const here = views.find((view) => shapeOf(view.search) === shapeOf(search))
  const own: Item[] = shown.map(({ id, name }) => ({ ...HOME, team: id, words: name, count: counts?.teams[id] ?? 0 }))
  return (
    <nav aria-label={t('Status')} className="-mx-4 flex gap-1 overflow-x-auto px-4 pb-0.5 text-sm font-medium [scrollbar-width:none]">
      {queues(counts).map((item) => (
        <QueueLink key={item.words} item={item} isHere={here === undefined && isIn(item, search)} to={{ ...search, ...whereOf(item) }} />
      ))}
      {views.slice(0, SHOWN_VIEWS).map((view) => (
        <QueueLink key={view.id} item={{ words: view.name, count: viewCounts[view.id] }} isHere={view === here} to={readSearch(view.search)} isView />
      ))}
      {[...own, ...states(counts)].map((item) => (
        <QueueLink key={item.words} item={item} isHere={here === undefined && isIn(item, search)} to={{ ...search, ...whereOf(item) }} />
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

const whereOf = ({ queue, status, team }: Where): Where => ({ queue, status, team })
const isIn = (where: Where, search: InboxSearch) =>
  where.queue === search.queue && where.status === search.status && where.team === search.team

interface LinkProps {
  item: Pick<Item, 'words' | 'count' | 'calls'>
  isHere: boolean
  to: InboxSearch
  /** One that somebody keeps. */
  isView?: boolean
}

function QueueLink({ item: { words, count, calls }, isHere, to, isView = false }: LinkProps) {
  const client = useQueryClient()
  // On its way while the finger is: what fails is asked for again by the list.
  const look = () => void client.infiniteQuery(conversationsQuery(to)).catch(() => undefined)
  return (
    <PageLink
      href={pageAddress('/inbox', to)}
      onPointerDown={look}
      onPointerEnter={look}
      onFocus={look}
      aria-current={isHere ? 'true' : undefined}
      className={cx(
        'flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 transition-colors',
        isHere ? 'bg-accent-soft text-accent' : 'text-soft hover:bg-sunken hover:text-ink',
      )}
    >
      {isView && <Bookmark aria-hidden className="size-3.5 opacity-70" />}
      <bdi className="max-w-40 truncate">{words}</bdi>{' '}
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
    </PageLink>
  )
}
