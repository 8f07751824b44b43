/** The inbox: the list beside the conversation, or one of them where there is no room for both. */
import { useInfiniteQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, type ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { whenCalm } from '@/shared/lib/when-calm'
import { Empty } from '@/shared/ui/notice'
import { conversationsQuery } from './api'
import { Opening } from './conversation/opening'
import { bulkBar, ListPane } from './list/list-pane'
import { LiveMark } from './live-mark'
import type { InboxSearch } from './search-params'
import type { Open } from './use-shown'
import { useLiveState } from '@/shared/live/live'
import { useLiveInbox } from './live/use-live'

const conversationPane = () => import('./conversation/conversation-pane')
const ConversationPane = lazy(conversationPane)

/** Where most go next: into a conversation, and to the queues beside. */
function readAhead(client: QueryClient): void {
  void conversationPane().then(bulkBar).catch(() => undefined)
  for (const queue of ['mine', 'unassigned'] as const) void client.infiniteQuery(conversationsQuery({ queue })).catch(() => undefined)
}

interface Props {
  businesses: Business[]
  search: InboxSearch
  /** The conversation that is shown, and the one in the address: that follows a press a frame later. */
  shownId: string | undefined
  addressedId: string | undefined
  open: Open
  now: number
  /** Over the list where the page is narrow: the choice of business. */
  top: ReactNode
}

export function InboxPage({ businesses, search, shownId, addressedId, open, now, top }: Props) {
  const live = useLiveState()
  useLiveInbox()
  const byId = useMemo(() => new Map(businesses.map((business) => [business.id, business])), [businesses])
  const hasList = useUnreadInTitle()
  // What is pressed is answered by the next frame. The list follows in portions.
  const selectedId = useDeferredValue(shownId)
  const status = useMemo(() => <LiveMark state={live} />, [live])
  // The list comes first; most visits then need the conversations too.
  const client = useQueryClient()
  useEffect(() => (hasList ? whenCalm(() => readAhead(client), 0) : undefined), [hasList, client])
  return (
    <div className="relative flex h-full min-w-0 flex-1">
      <h1 className="sr-only">{t('Inbox')}</h1>
      <div
        className={cx(
          'flex min-w-0 flex-1 flex-col border-line two:w-74 two:flex-none two:border-e wide:w-92',
          shownId !== undefined && 'max-two:put-aside',
        )}
      >
        {top}
        <div className="min-h-0 flex-1">
          <ListPane
            search={search}
            businesses={byId}
            selectedId={selectedId}
            open={open}
            now={now}
            status={status}
          />
        </div>
      </div>
      <div className={cx('relative min-w-0 flex-1 two:block', shownId === undefined && 'hidden')}>
        {shownId === undefined ? (
          <Empty title={t('Choose a conversation')}>{t('Use the arrow keys to walk through the list, Enter to open.')}</Empty>
        ) : (
          <Opened conversationId={shownId} addressedId={addressedId} businesses={byId} />
        )}
      </div>
    </div>
  )
}

interface OpenedProps {
  conversationId: string
  addressedId: string | undefined
  businesses: ReadonlyMap<string, Business>
}

/** Drawn piece by piece, so that what is pressed meanwhile is answered; never another one than the address says. */
function Opened({ conversationId, addressedId, businesses }: OpenedProps) {
  const drawn = useDeferredValue(addressedId, '')
  if (drawn !== conversationId) return <Opening conversationId={conversationId} businesses={businesses} />
  return (
    <Suspense fallback={<Opening conversationId={conversationId} businesses={businesses} />}>
      <ConversationPane key={conversationId} conversationId={conversationId} businesses={businesses} />
    </Suspense>
  )
}

/** "(3) Serai": the tab says how many wait, whatever is filtered. Returns whether that is known. */
function useUnreadInTitle(): boolean {
  const { data } = useInfiniteQuery(conversationsQuery({}))
  const unread = (data?.pages ?? []).flatMap((page) => page.data).reduce((sum, row) => sum + row.unread_count, 0)
  useEffect(() => {
    document.title = `${unread === 0 ? '' : `(${unread}) `}${t('Inbox')} · Serai`
  }, [unread])
  return data !== undefined
}
