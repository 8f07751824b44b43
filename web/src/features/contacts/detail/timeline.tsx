/** Everything that happened between a person and the business, over all channels, the latest first. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { linesOf } from '@/shared/lib/entry-words'
import { clockTime, dayHeading, isSameDay } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { Skeleton } from '@/shared/ui/skeleton'
import { channelsQuery, timelineQuery, type Entry } from '../api'
import type { ContactsSearch, Kind } from '../search-params'

interface Props {
  contactId: string
  kind: Kind | undefined
  now: number
}

export function Timeline({ contactId, kind, now }: Props) {
  const query = useInfiniteQuery(timelineQuery(contactId, kind))
  const channels = useQuery(channelsQuery).data?.data ?? []
  const entries = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <section aria-label={t('History')} className="min-w-0 rounded-2xl border border-line bg-panel">
      <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold">{t('History')}</h2>
        <Kinds kind={kind} />
      </header>
      {query.isPending && <Waiting />}
      {query.isError && <Failed what={t('The history could not be loaded')} error={query.error} retry={query.refetch} />}
      {query.isSuccess && entries.length === 0 && <Empty title={t('Nothing here yet')}>{t('What they write and agree to appears here.')}</Empty>}
      <ol className="px-4 py-2">
        {entries.map((entry, index) => {
          const before = entries[index - 1]
          return (
            <Fragment key={entry.id}>
              {(before === undefined || !isSameDay(before.at, Date.parse(entry.at))) && (
                <li className="pt-3 pb-1 text-xs font-semibold text-soft">{dayHeading(entry.at, now)}</li>
              )}
              <Happened entry={entry} channel={channels.find(({ id }) => id === entry.channel_id)?.name} />
            </Fragment>
          )
        })}
      </ol>
      {query.hasNextPage && (
        <div className="grid place-items-center border-t border-line p-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('Show earlier')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Kinds({ kind }: { kind: Kind | undefined }) {
  const navigate = useNavigate()
  const titles: [Kind | undefined, string][] = [
    [undefined, t('All')],
    ['message', t('Messages')],
    ['work', t('What was done')],
    ['note', t('Notes')],
    ['consent', t('Consent')],
  ]
  return (
    <div role="group" aria-label={t('Show')} className="flex flex-wrap gap-1">
      {titles.map(([each, title]) => (
        <button
          key={title}
          type="button"
          aria-pressed={each === kind}
          onClick={() => void navigate({ to: '.', search: ((old: ContactsSearch) => ({ ...old, kind: each })) as never, replace: true })}
          className={cx('h-7 rounded-lg px-2 text-xs font-medium', each === kind ? 'bg-accent-soft text-accent' : 'text-soft hover:bg-sunken')}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

function Happened({ entry, channel }: { entry: Entry; channel: string | undefined }) {
  const { icon: Icon, title, text } = linesOf(entry)
  return (
    <li className="relative flex gap-3 rounded-xl px-2 py-2 has-[a]:hover:bg-sunken">
      <span aria-hidden className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-soft">
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-soft">
          <span className="font-medium text-ink">
            {entry.conversation_id === null ? (
              title
            ) : (
              <Link to="/inbox/$conversationId" params={{ conversationId: entry.conversation_id }} className="after:absolute after:inset-0">
                {title}
              </Link>
            )}
          </span>
          {channel !== undefined && <bdi>{channel}</bdi>}
          <time dateTime={entry.at} className="ms-auto tabular-nums">
            {clockTime(entry.at)}
          </time>
        </p>
        {text !== '' && (
          <p className="line-clamp-2 text-sm break-words" dir="auto">
            {text}
          </p>
        )}
      </div>
    </li>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('Loading')} className="grid gap-3 p-4">
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-9" />
      ))}
    </div>
  )
}
