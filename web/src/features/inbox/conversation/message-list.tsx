/** The messages in the order they were said, day by day; stays at the end while one is there. */
import { ArrowDown } from 'lucide-react'
import { Fragment, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { dayHeading, isSameDay } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { isLine } from '../contents'
import type { OutgoingState } from '../mutations'
import { Bubble, timeOf } from './bubble'
import { OutgoingBubble } from './outgoing-bubble'
import { ThreadContext, type ThreadActions } from './thread-actions'
import { TimelineLine } from './timeline-line'
import { useJump } from './use-jump'

interface Props {
  conversationId: string
  /** The newest first. */
  messages: Message[]
  outgoing: OutgoingState[]
  now: number
  /** null: there are none. */
  loadOlder: (() => void) | null
  actions: Omit<ThreadActions, 'jump'>
}

/** So near the end (pixels) counts as being there. */
const NEAR_END = 80

export function MessageList({ conversationId, messages, outgoing, now, loadOlder, actions }: Props) {
  const inOrder = useMemo(() => ordered(messages), [messages])
  const newestId = inOrder.at(-1)?.id
  const { scroller, isAtEnd, noteScroll, toEnd } = useStayAtEnd(versionOf(newestId, messages, outgoing), outgoing.length > 0)
  const jump = useJump(scroller, messages.length, loadOlder)
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
            {inOrder.map((message, index) => (
              <Fragment key={message.id}>
                <DayHeading message={message} before={inOrder[index - 1]} now={now} />
                <Entry message={message} before={inOrder[index - 1]} />
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

function DayHeading({ message, before, now }: { message: Message; before: Message | undefined; now: number }) {
  const at = timeOf(message)
  if (before !== undefined && isSameDay(timeOf(before), at)) return null
  return (
    <h3 className="mt-6 flex items-center gap-3 text-2xs font-semibold text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {dayHeading(at, now)}
    </h3>
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
function versionOf(newestId: string | undefined, messages: Message[], outgoing: OutgoingState[]): string {
  const unsent = outgoing.filter(({ error }) => error !== null).length
  return [newestId, messages.length, outgoing.length, unsent].join('/')
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
