/** How far a message has come: a clock, one tick, two ticks, two bright ticks, or a warning. */
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, Clock3, type LucideIcon } from 'lucide-react'
import type { Message } from '@/shared/api/types'
import { cx } from '@/shared/lib/cx'
import { stateWords } from './words'

const MARKS: Record<string, [LucideIcon, string]> = {
  queued: [Clock3, ''],
  deferred: [Clock3, ''],
  accepted: [Check, 'opacity-70'],
  sent: [Check, ''],
  delivered: [CheckCheck, ''],
  read: [CheckCheck, 'text-[var(--mark-read,var(--good-ink))]'],
  played: [CheckCheck, 'text-[var(--mark-read,var(--good-ink))]'],
  failed: [CircleAlert, 'text-[var(--mark-bad,var(--bad-ink))]'],
  refused: [Ban, 'text-[var(--mark-bad,var(--bad-ink))]'],
  unknown: [CircleHelp, 'text-[var(--mark-unclear,var(--lamp-ink))]'],
}

export function StateMark({ state, className }: { state: Message['state']; className?: string }) {
  const mark = MARKS[state]
  if (mark === undefined) return null
  const [Icon, tone] = mark
  return (
    <Icon
      role="img"
      aria-label={stateWords({ state, reason: null }).label}
      className={cx('size-4 shrink-0', tone, className)}
    />
  )
}
