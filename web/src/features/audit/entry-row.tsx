/** One entry: who, what, when; opened, what each changed row was before. */
import { Bot, ChevronRight, KeyRound, Terminal, User, type LucideIcon } from 'lucide-react'
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { actionWords } from './action-words'
import type { Entry } from './api'
import { ChangeDiff } from './change-diff'

const ICONS: Record<string, LucideIcon> = { user: User, key: KeyRound, command: Terminal }
const FULL = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

export function EntryRow({ entry }: { entry: Entry }) {
  const { businesses } = useMe()
  const Icon = ICONS[entry.actor_kind] ?? Bot
  const business = businesses.find(({ id }) => id === entry.business_id)?.name
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer list-none items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-panel [&::-webkit-details-marker]:hidden">
          <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-soft">
            <Icon className="size-4" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline gap-x-1.5">
              <bdi className="font-medium">{entry.actor}</bdi>
              <span className="min-w-0 text-soft">{actionWords(entry.action)}</span>
            </span>
            <span className="block truncate text-xs text-faint">
              {business !== undefined && (
                <>
                  <bdi>{business}</bdi>
                  {' · '}
                </>
              )}
              {entry.changes.length > 0
                ? t('{count, plural, one {# change} other {# changes}}', { count: entry.changes.length })
                : entry.subject}
            </span>
          </span>
          <time dateTime={entry.at} className="hidden text-xs whitespace-nowrap text-soft tabular-nums two:block">
            {date(entry.at, FULL)}
          </time>
          <ChevronRight aria-hidden className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90 rtl:-scale-x-100" />
        </summary>
        <Detail entry={entry} />
      </details>
    </li>
  )
}

function Detail({ entry }: { entry: Entry }) {
  const facts: [string, string | null][] = [
    [t('When'), date(entry.at, FULL)],
    [t('Address'), entry.subject],
    [t('From'), entry.remote],
    [t('Request'), entry.request_id],
    [t('Entry'), `${entry.number} · ${entry.hash.slice(0, 16)}…`],
  ]
  const more = Object.entries(entry.detail)
  return (
    <div className="grid gap-4 border-t border-line bg-panel px-4 py-4 two:ps-15">
      {entry.changes.map((change) => (
        <ChangeDiff key={`${change.table} ${change.id} ${change.kind}`} change={change} />
      ))}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {[...facts, ...more.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)])]
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="break-all text-soft">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
    </div>
  )
}
