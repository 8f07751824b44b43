/** One message: what was said, when, and how far it came; a press on the time shows each step. */
import { Bot, Megaphone, MessageSquareText } from 'lucide-react'
import { useId, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { cx } from '@/shared/lib/cx'
import { clockTime, exactTime } from '@/shared/lib/times'
import { StateMark } from '../state-mark'
import { authorWords, eventWords, stateWords, textOf } from '../words'
import { Formatted } from './formatted'

const LOOKS = {
  in: 'bg-raised border border-line rounded-es-md',
  team: 'on-fill bg-accent-fill text-on-accent rounded-ee-md',
  machine: 'bg-accent-soft text-ink rounded-ee-md',
}

function lookOf({ direction, author_kind }: Message): keyof typeof LOOKS {
  if (direction === 'in') return 'in'
  return author_kind === 'agent' || author_kind === 'native_app' ? 'team' : 'machine'
}

export function Bubble({ message, startsRun }: { message: Message; startsRun: boolean }) {
  const [open, setOpen] = useState(false)
  const stepsId = useId()
  const look = lookOf(message)
  const { label, advice } = stateWords(message)
  return (
    <article
      aria-label={`${authorWords(message.author_kind)}, ${clockTime(timeOf(message))}`}
      className={cx('flex flex-col', look === 'in' ? 'items-start' : 'items-end', startsRun ? 'mt-4' : 'mt-1')}
    >
      {startsRun && look !== 'in' && <Author message={message} />}
      <div className={cx('max-w-[min(34rem,85%)] rounded-2xl px-3.5 py-2 shadow-raised/40', LOOKS[look])}>
        <Words content={message.content} />
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? stepsId : undefined}
          onClick={() => setOpen(!open)}
          className={cx(
            'ms-auto -me-1 flex items-center gap-1 rounded px-1 text-2xs tabular-nums',
            look === 'team' ? 'text-on-accent-faint outline-on-accent' : 'text-soft',
          )}
        >
          <span className="sr-only">Details: </span>
          <time dateTime={timeOf(message)}>{clockTime(timeOf(message))}</time>
          <StateMark state={message.state} />
        </button>
      </div>
      {advice !== null && <Advice label={label} text={advice} isUnclear={message.state === 'unknown'} />}
      {open && <Steps id={stepsId} message={message} />}
    </article>
  )
}

function Words({ content }: Pick<Message, 'content'>) {
  return (
    <>
      {content.type === 'template' && <TemplateLabel name={content.name} />}
      <p dir="auto" className={cx('break-words whitespace-pre-wrap', content.type === 'unsupported' && 'italic opacity-80')}>
        <Formatted text={textOf(content)} />
      </p>
    </>
  )
}

/** When it was said by the provider's clock; until it is accepted, when it was written. */
export const timeOf = ({ sent_at, created_at }: Message) => sent_at ?? created_at

function Author({ message }: { message: Message }) {
  const Icon = { automation: Bot, bot: Bot, campaign: Megaphone }[message.author_kind as 'bot'] as typeof Bot | undefined
  return (
    <p className="mb-1 flex items-center gap-1 px-1 text-2xs font-medium text-faint">
      {Icon !== undefined && <Icon aria-hidden className="size-3" />}
      {authorWords(message.author_kind)}
    </p>
  )
}

function TemplateLabel({ name }: { name: string }) {
  return (
    <p className="mb-1 flex items-center gap-1 text-2xs font-medium opacity-80">
      <MessageSquareText aria-hidden className="size-3" />
      Template <bdi>{name}</bdi>
    </p>
  )
}

function Advice({ label, text, isUnclear }: { label: string; text: string; isUnclear: boolean }) {
  return (
    <p
      className={cx(
        'mt-1 max-w-[min(34rem,85%)] rounded-lg px-2.5 py-1.5 text-xs',
        isUnclear ? 'bg-lamp-soft text-lamp-ink' : 'bg-bad-soft text-bad-ink',
      )}
    >
      <strong className="font-semibold">{label}.</strong> {text}
    </p>
  )
}

function Steps({ id, message }: { id: string; message: Message }) {
  return (
    <ol id={id} className="mt-1.5 grid gap-0.5 rounded-lg border border-line bg-panel px-3 py-2 text-xs text-soft">
      {message.events.map(({ kind, at }) => (
        <li key={kind + at} className="flex justify-between gap-4 tabular-nums">
          {eventWords(kind)}
          <time dateTime={at}>{exactTime(at)}</time>
        </li>
      ))}
      {message.events.length === 0 && <li>{exactTime(timeOf(message))}</li>}
    </ol>
  )
}
