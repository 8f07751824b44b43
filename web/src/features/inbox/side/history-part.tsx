/** What last happened with the person, over all channels; the whole of it is on their page. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { PageLink } from '@/shared/ui/page-link'
import { t } from '@/shared/i18n/t'
import { linesOf } from '@/shared/lib/entry-words'
import { exactTime, shortAgo } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'
import { useNews } from '@/shared/live/live'
import type { Entry } from '@/shared/api/types'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { channelsQuery } from '../api'
import { historyQuery } from './api'
import { Part } from './part'

const RENEW_MS = 30_000

export function HistoryPart({ contactId, conversationId }: { contactId: string; conversationId: string }) {
  const client = useQueryClient()
  const query = useQuery(historyQuery(contactId))
  const channels = useQuery(channelsQuery).data?.data ?? []
  const now = useNow(RENEW_MS)
  useNews('conversation', ({ conversation_id: id }) => {
    if (id === conversationId) void client.invalidateQueries({ queryKey: historyQuery(contactId).queryKey })
  })
  if (query.isError && query.data === undefined) {
    return <Failed what={t('The history could not be loaded')} error={query.error} retry={query.refetch} />
  }
  return (
    <Part title={t('What happened')}>
      {query.isPending && (
        <Loading what={t('the history')}>
          <Skeleton className="h-24 rounded-xl" />
        </Loading>
      )}
      <ol className="grid gap-2">
        {query.data?.data.map((entry) => (
          <Line key={entry.id} entry={entry} now={now} channel={channels.length > 1 ? channels.find(({ id }) => id === entry.channel_id)?.name : undefined} />
        ))}
      </ol>
      <PageLink href={`/contacts/${contactId}`} className="mt-2.5 inline-block text-sm font-medium text-accent hover:underline">
        {t('Their whole history')}
      </PageLink>
    </Part>
  )
}

function Line({ entry, now, channel }: { entry: Entry; now: number; channel: string | undefined }) {
  const { icon: Icon, title, text } = linesOf(entry)
  return (
    <li className="flex gap-2 text-sm">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{title}</p>
        {text !== '' && (
          <p dir="auto" className="truncate text-xs text-soft">
            {text}
          </p>
        )}
        {channel !== undefined && <bdi className="block truncate text-2xs text-faint">{channel}</bdi>}
      </div>
      <time dateTime={entry.at} title={exactTime(entry.at)} className="shrink-0 text-2xs text-faint tabular-nums">
        {shortAgo(entry.at, now)}
      </time>
    </li>
  )
}
