/** Between the messages: what was done, as a quiet line, and notes for colleagues, as a slip of paper. */
import { ArrowLeftRight, Bot, Check, Clock, Hourglass, RotateCcw, StickyNote, Tag, UserRoundCheck, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { clockTime, exactTime } from '@/shared/lib/times'
import { Avatar } from '@/shared/ui/avatar'
import type { Line } from './api'
import { lineWords } from './line-words'

const ICONS: Record<string, LucideIcon> = {
  assigned: UserRoundCheck,
  resolved: Check,
  reopened: RotateCcw,
  pending: Hourglass,
  snoozed: Clock,
  woken: Clock,
  handed_over: ArrowLeftRight,
  returned: Bot,
  tagged: Tag,
  untagged: Tag,
}

export function LineView({ line }: { line: Line }) {
  if (line.kind === 'note') return <Note line={line} />
  const Icon = ICONS[line.kind] ?? ArrowLeftRight
  return (
    <article aria-label={t('Event')} className="mt-3 flex justify-center">
      <p className="flex max-w-[90%] items-center gap-1.5 px-3 py-0.5 text-xs text-faint">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span dir="auto" className="min-w-0 break-words">
          {lineWords(line)}
        </span>
        <time dateTime={line.at} title={exactTime(line.at)} className="shrink-0 tabular-nums">
          {clockTime(line.at)}
        </time>
      </p>
    </article>
  )
}

function Note({ line }: { line: Line }) {
  const { actor, at, body, names } = line
  const name = actor.name ?? t('Somebody')
  return (
    <article aria-label={t('Note by {name}', { name })} className="mt-3 flex justify-end">
      <div className="max-w-[min(34rem,88%)] rounded-2xl border border-lamp/40 bg-lamp-soft px-3.5 py-2.5 text-lamp-ink">
        <header className="mb-1 flex items-center gap-1.5 text-2xs font-semibold">
          <StickyNote aria-hidden className="size-3.5" />
          {t('Note, not sent')}
        </header>
        <p dir="auto" className="text-sm break-words whitespace-pre-wrap text-ink">
          {withMentions(body ?? '', Object.values(names))}
        </p>
        <footer className="mt-1.5 flex items-center gap-1.5 text-2xs">
          {actor.id !== null && <Avatar id={actor.id} name={name} size="small" />}
          <bdi>{name}</bdi>
          <time dateTime={at} title={exactTime(at)} className="tabular-nums">
            {clockTime(at)}
          </time>
        </footer>
      </div>
    </article>
  )
}

/** `@Layla` stands out where Layla was mentioned. */
function withMentions(body: string, names: string[]) {
  if (names.length === 0) return body
  const pattern = new RegExp(`(@(?:${names.map(escape).join('|')}))`, 'u')
  return body.split(pattern).map((part, index) =>
    part.startsWith('@') && names.includes(part.slice(1)) ? (
      <strong key={index} className="rounded bg-lamp/25 px-0.5 font-semibold">
        {part}
      </strong>
    ) : (
      part
    ),
  )
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
