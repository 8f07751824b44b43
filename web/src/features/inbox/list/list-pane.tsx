/** The list with its filters, and its four faces. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, memo, Suspense, useCallback, useDeferredValue, useState, type ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { openingOf } from '@/shared/lib/opening'
import { Badge } from '@/shared/ui/badge'
import { Empty, Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { conversationsQuery } from '../api'
import type { InboxSearch } from '../search-params'
import { useReadingAhead } from '../use-reading-ahead'
import type { Open } from '../use-shown'
import { ConversationList } from './conversation-list'
import { ListFilters } from './list-filters'
import { QueueStrip } from './queue-strip'
import { ListSearch } from './list-search'
import { ViewsMenu } from './views-menu'

interface Props {
  search: InboxSearch
  businesses: ReadonlyMap<string, Business>
  selectedId: string | undefined
  open: Open
  now: number
  /** Beside the heading: whether the list is live. */
  status: ReactNode
}

export const ListPane = memo(function ListPane({ search, businesses, selectedId, open, now, status }: Props) {
  // What is pressed is answered by the next frame: which queue it is. The list follows in portions.
  const drawn = useDeferredValue(search)
  const business = search.business === undefined ? undefined : businesses.get(search.business)
  return (
    <section aria-label={t('Inbox')} aria-busy={drawn !== search} className="flex h-full min-h-0 flex-col bg-panel">
      <header className="grid gap-2.5 px-4 pt-3.5 pb-2.5">
        <div className="flex min-h-7 items-center gap-2">
          <h2 className="min-w-0 truncate text-lg font-bold tracking-tight">{business?.name ?? t('All conversations')}</h2>
          <span className="ms-auto flex shrink-0 items-center gap-1">
            {status}
            <ViewsMenu search={drawn} />
          </span>
        </div>
        {business !== undefined && <OpeningBadge business={business} now={now} />}
        <ListSearch key={search.business} q={search.q} />
        <QueueStrip search={search} />
        <ListFilters search={drawn} />
      </header>
      <ListBody search={drawn} businesses={businesses} selectedId={selectedId} open={open} now={now} />
    </section>
  )
})

const NONE: never[] = []

/** Fetched once the list is there: nothing is picked before. */
export const bulkBar = () => import('./bulk-bar')
const BulkBar = lazy(bulkBar)

const ListBody = memo(function ListBody({ search, businesses, selectedId, open, now }: Omit<Props, 'status'>) {
  const query = useInfiniteQuery(conversationsQuery(search))
  const [pickedIds, setPickedIds] = useState<ReadonlySet<string>>(new Set())
  const { hasNextPage, isFetching, fetchNextPage } = query
  // Asked for while the list is renewed, it would call the renewal off.
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])

  const onPick = useCallback((id: string) => setPickedIds((old) => toggled(old, id)), [])
  useReadingAhead(query.data?.pages[0]?.data ?? NONE)
  if (query.isPending) return <ListSkeleton />
  if (query.isError && query.data === undefined) {
    return <Failed what={t('The conversations could not be loaded')} error={query.error} retry={query.refetch} />
  }
  const conversations = query.data.pages.flatMap(({ data }) => data)
  if (conversations.length === 0) return <NothingHere search={search} />
  const picked = conversations.filter(({ id }) => pickedIds.has(id))
  return (
    <>
      <ConversationList
        conversations={conversations}
        search={search}
        businesses={businesses}
        selectedId={selectedId}
        open={open}
        now={now}
        onEnd={more}
        pickedIds={pickedIds}
        onPick={onPick}
      />
      {picked.length > 0 && (
        <Suspense>
          <BulkBar picked={picked} onClear={() => setPickedIds(new Set())} />
        </Suspense>
      )}
    </>
  )
})

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

function NothingHere({ search }: { search: InboxSearch }) {
  if (search.q !== undefined) return <Empty title={t('Nothing found')}>{t('No conversation fits “{q}”. Try fewer letters.', { q: search.q })}</Empty>
  if (search.status === 'resolved') return <Empty title={t('Nothing resolved yet')}>{t('Conversations you resolve are kept here.')}</Empty>
  if (search.queue === 'mine') return <Empty title={t('Nothing is yours')}>{t('Take one from Unassigned, or let a colleague give you one.')}</Empty>
  if (search.queue === 'mentions') return <Empty title={t('Nobody mentioned you')}>{t('Notes with your name in them bring you here.')}</Empty>
  if (search.status === 'snoozed') return <Empty title={t('Nothing is put off')}>{t('What you put off comes back by itself.')}</Empty>
  return <Empty title={t('Nobody is waiting')}>{t('New messages appear here by themselves.')}</Empty>
}

function OpeningBadge({ business, now }: { business: Business; now: number }) {
  const { open, words } = openingOf(business, now)
  return (
    <span className="-mt-1.5">
      <Badge tone={open ? 'good' : 'quiet'}>{words}</Badge>
    </span>
  )
}

function ListSkeleton() {
  return (
    <Loading what={t('conversations')}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex gap-3 px-4.5 py-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 content-start gap-2 pt-1">
            <Skeleton className="h-3.5 w-1/2" />
            <Skeleton className="h-3 w-5/6" />
            <Skeleton className="h-2.5 w-1/3" />
          </div>
        </div>
      ))}
    </Loading>
  )
}
