/**
 * A row under a finger: towards the end of the line takes the conversation, towards its start resolves it.
 *
 * A shortcut and no more: all of it is in the conversation's header and in the list's bulk bar too.
 */
import { Check, RotateCcw, UserCheck, type LucideIcon } from 'lucide-react'
import { useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMay, useMe } from '@/shared/session/me'
import { toastUndo } from '@/shared/ui/toast'
import type { useAct } from '../teamwork/mutations'

/** Less is a tap, or the beginning of scrolling. */
const BEGINS_PX = 12
/** From here on letting go does it. */
const DOES_PX = 96
const MOST_PX = 150

interface Side {
  icon: LucideIcon
  words: string
  tone: string
  act: () => void
}

interface Props {
  conversation: Conversation
  act: ReturnType<typeof useAct>
  children: ReactNode
}

export function Swipe({ conversation, act, children }: Props) {
  const sides = useSides(conversation, act)
  const [offset, setOffset] = useState(0)
  const finger = useRef<{ id: number; x: number; y: number; moved: boolean } | null>(null)
  const towards = (pixels: number): Side | null => (pixels === 0 ? null : pixels > 0 ? sides.forward : sides.back)
  const shown = towards(offset)
  const isFar = Math.abs(offset) >= DOES_PX

  function down(event: PointerEvent) {
    if (event.pointerType === 'mouse' || !event.isPrimary) return
    finger.current = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false }
  }
  function move(event: PointerEvent<HTMLElement>) {
    const from = finger.current
    if (from?.id !== event.pointerId) return
    const along = (event.clientX - from.x) * lineDirection(event.currentTarget)
    if (!from.moved && Math.abs(along) < Math.max(BEGINS_PX, Math.abs(event.clientY - from.y))) return
    from.moved = true
    const next = towards(along) === null ? 0 : Math.max(-MOST_PX, Math.min(MOST_PX, along))
    if (Math.abs(next) >= DOES_PX && !isFar) buzz()
    setOffset(next)
  }
  function up() {
    if (isFar) shown?.act()
    setOffset(0)
    // The click that may follow must still see that the finger moved.
    setTimeout(() => (finger.current = null))
  }
  function cancel() {
    finger.current = null
    setOffset(0)
  }
  function click(event: MouseEvent) {
    if (finger.current?.moved === true) event.preventDefault()
  }

  return (
    <div
      className="relative h-full touch-pan-y overflow-hidden rounded-xl"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
      onClickCapture={click}
      onDragStart={(event) => event.preventDefault()}
    >
      {shown !== null && <Behind side={shown} isFar={isFar} isForward={offset > 0} />}
      <div
        className={cx('relative h-full rounded-xl', offset === 0 ? 'transition-transform' : 'bg-panel')}
        style={offset === 0 ? undefined : { transform: `translateX(calc(${offset}px * var(--line-direction, 1)))` }}
      >
        {children}
      </div>
    </div>
  )
}

function Behind({ side: { icon: Icon, words, tone }, isFar, isForward }: { side: Side; isFar: boolean; isForward: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        'absolute inset-0 flex items-center gap-2 rounded-xl px-5 text-sm font-semibold transition-opacity',
        tone,
        isForward ? 'justify-start' : 'justify-end',
        isFar ? 'opacity-100' : 'opacity-60',
      )}
    >
      <Icon className={cx('size-5 transition-transform', isFar && 'scale-125')} />
      {words}
    </span>
  )
}

/** What each way does; null: nothing. */
function useSides(conversation: Conversation, act: Props['act']): { forward: Side | null; back: Side | null } {
  const { id, status, business_id: businessId, assignee } = conversation
  const me = useMe().user
  const may = useMay('conversations:answer', businessId)
  if (!may) return { forward: null, back: null }
  const isDone = status === 'resolved'
  const back: Side = {
    icon: isDone ? RotateCcw : Check,
    words: isDone ? t('Reopen') : t('Resolve'),
    tone: 'bg-good-soft text-good-ink',
    act: () => {
      act(id, isDone ? 'reopened' : 'resolved')
      toastUndo(isDone ? t('Reopened') : t('Resolved'), () => act(id, isDone ? 'resolved' : 'reopened'))
    },
  }
  if (me === null || assignee?.id === me.id) return { forward: null, back }
  const forward: Side = {
    icon: UserCheck,
    words: t('Assign to me'),
    tone: 'bg-accent-soft text-accent',
    act: () => {
      act(id, { assigneeId: me.id })
      toastUndo(t('Assigned to you'), () => act(id, { assigneeId: assignee?.id ?? null }))
    },
  }
  return { forward, back }
}

/** 1 where lines run from left to right, -1 where they do not. */
const lineDirection = (element: Element) => (getComputedStyle(element).direction === 'rtl' ? -1 : 1)

/** Where the phone can: the finger feels that letting go will do it. */
function buzz(): void {
  if ('vibrate' in navigator) navigator.vibrate(8)
}
