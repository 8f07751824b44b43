/** The messages in the order they were said, day by day; stays at the end while one is there. */
import { ArrowDown } from 'lucide-react'
import { Fragment, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { dayHeading, isSameDay } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { isLine } from '../contents'
import type { OutgoingState } from '../mutations'
import type { Line } from '../teamwork/api'
import { LineView } from '../teamwork/line-view'
import { Bubble, timeOf } from './bubble'
import { OutgoingBubble } from './outgoing-bubble'
import { ThreadContext, type ThreadActions } from './thread-actions'
import { withLines, type ThreadEntry } from './thread-entries'
import { TimelineLine } from './timeline-line'
import { useHashJump, useJump } from './use-jump'

interface Props {
  conversationId: string
  /** The newest first. */
  messages: Message[]
  /** Notes and what was done, in any order. */
  lines: Line[]
  outgoing: OutgoingState[]
  now: number
  /** null: there are none. */
  loadOlder: (() => void) | null
  actions: Omit<ThreadActions, 'jump'>
}

/** So near the end (pixels) counts as being there. */
const NEAR_END = 80

export function MessageList({ conversationId, messages, lines, outgoing, now, loadOlder, actions }: Props) {
  const inOrder = useMemo(() => ordered(messages), [messages])
  const entries = useMemo(() => withLines(inOrder, lines, loadOlder !== null), [inOrder, lines, loadOlder])
  const newestId = entries.at(-1)?.id
  const { scroller, isAtEnd, noteScroll, toEnd } = useStayAtEnd(versionOf(newestId, entries.length, outgoing), outgoing.length > 0)
  const jump = useJump(scroller, messages.length, loadOlder)
  useHashJump(jump)
  const all = useMemo(() => ({ ...actions, jump }), [actions, jump])
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={noteScroll}
        tabIndex={0}
        role="log"
        aria-label={t('Messages')}
        className="h-full overflow-y-auto overscroll-contain px-4 pb-4 outline-offset-[-2px] wide:px-8"
      >
        <div className="mx-auto max-w-3xl">
          {loadOlder !== null && (
            <div className="pt-4 text-center">
              <Button onClick={loadOlder}>{t('Show earlier messages')}</Button>
            </div>
          )}
          <ThreadContext value={all}>
            {entries.map((entry, index) => (
              <Fragment key={entry.id}>
                <ConversationHeading entry={entry} before={entries[index - 1]} />
                <DayHeading at={entry.at} before={entries[index - 1]?.at} now={now} />
                {entry.line !== null ? (
                  <LineView line={entry.line} />
                ) : (
                  <Entry message={entry.message} before={entries[index - 1]?.message ?? undefined} />
                )}
              </Fragment>
            ))}
          </ThreadContext>
          {outgoing.map((state) => (
            <OutgoingBubble key={state.outgoing.key} conversationId={conversationId} state={state} />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <Button onClick={toEnd} className="absolute inset-x-0 bottom-3 mx-auto w-fit shadow-raised">
          <ArrowDown aria-hidden className="size-4" />
          {t('Latest')}
        </Button>
      )}
    </div>
  )
}

function DayHeading({ at, before, now }: { at: string; before: string | undefined; now: number }) {
  if (before !== undefined && isSameDay(before, at)) return null
  return (
    <h3 className="mt-6 flex items-center gap-3 text-2xs font-semibold text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {dayHeading(at, now)}
    </h3>
  )
}

/** Where an earlier conversation ends and the next one begins. */
function ConversationHeading({ entry, before }: { entry: ThreadEntry; before: ThreadEntry | undefined }) {
  if (before === undefined || before.conversationId === entry.conversationId) return null
  return (
    <p className="mt-8 text-center text-2xs font-semibold tracking-wide text-accent">
      <span className="rounded-full bg-accent-soft px-3 py-1">{t('A new conversation begins')}</span>
    </p>
  )
}

/** By the provider's clock, which counts whole seconds; within one, in the order in which they came. */
function ordered(messages: Message[]): Message[] {
  const at = (message: Message) => Date.parse(timeOf(message))
  return messages
    .toReversed()
    .toSorted((one, other) => at(one) - at(other) || Date.parse(one.created_at) - Date.parse(other.created_at))
}

/** A line for what merely happened, a bubble for what was said. */
function Entry({ message, before }: { message: Message; before: Message | undefined }) {
  const { content } = message
  if (isLine(content)) return <TimelineLine content={content} at={timeOf(message)} />
  return <Bubble message={message} startsRun={startsRun(message, before)} />
}

function startsRun(message: Message, before: Message | undefined): boolean {
  if (before === undefined || isLine(before.content)) return true
  return before.author_kind !== message.author_kind || !isSameDay(timeOf(before), timeOf(message))
}

interface StayAtEnd {
  scroller: RefObject<HTMLDivElement | null>
  isAtEnd: boolean
  noteScroll: () => void
  toEnd: () => void
}

/** Something else for everything that makes the thread longer. */
function versionOf(newestId: string | undefined, count: number, outgoing: OutgoingState[]): string {
  const unsent = outgoing.filter(({ error }) => error !== null).length
  return [newestId, count, outgoing.length, unsent].join('/')
}

/** Follows the end when `version` changes; not while somebody scrolled up to read, unless they write. */
function useStayAtEnd(version: string, writes: boolean): StayAtEnd {
  const scroller = useRef<HTMLDivElement>(null)
  const heightBefore = useRef(0)
  const follows = useRef(true)
  const [isAtEnd, setIsAtEnd] = useState(true)

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const grownBy = element.scrollHeight - heightBefore.current
    if (follows.current || writes) element.scrollTop = element.scrollHeight
    // Earlier messages came in above: keep what was being read where it is.
    else if (element.scrollTop < NEAR_END) element.scrollTop += grownBy
    heightBefore.current = element.scrollHeight
  }, [version, writes])

  const noteScroll = () => {
    const element = scroller.current
    if (element === null) return
    follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
    setIsAtEnd(follows.current)
  }
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: 'smooth' })
  return { scroller, isAtEnd, noteScroll, toEnd }
}
