/** The last line of a bubble: whether it was changed, when it was said, how far it came. */
import { useQuery } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { clockTime, exactTime } from '@/shared/lib/times'
import { Popover } from '@/shared/ui/popover'
import { Skeleton } from '@/shared/ui/skeleton'
import { revisionsQuery } from '../api'
import { StateMark } from '../state-mark'
import { textOf } from '../words'
import { timeOf } from './bubble'

interface Props {
  message: Message
  isOnFill: boolean
  open: boolean
  stepsId: string
  onToggle: () => void
}

export function BubbleFoot({ message, isOnFill, open, stepsId, onToggle }: Props) {
  const tone = isOnFill ? 'text-on-accent-faint outline-on-accent' : 'text-soft'
  const at = timeOf(message)
  return (
    <div className={cx('flex items-center justify-end gap-1 text-2xs', tone)}>
      {message.edited_at != null && message.deleted_at == null && <Edited messageId={message.id} tone={tone} />}
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? stepsId : undefined}
        onClick={onToggle}
        className={cx('-me-1 flex items-center gap-1 rounded px-1 tabular-nums', tone)}
      >
        <span className="sr-only">{t('Details:')} </span>
        <time dateTime={at}>{clockTime(at)}</time>
        <StateMark state={message.state} />
      </button>
    </div>
  )
}

function Edited({ messageId, tone }: { messageId: string; tone: string }) {
  return (
    <Popover
      label={t('What it said before')}
      align="end"
      className="w-64 p-3"
      face={t('Edited')}
      buttonProps={{ className: cx('rounded px-1 underline decoration-dotted underline-offset-2', tone) }}
    >
      <Revisions messageId={messageId} />
    </Popover>
  )
}

function Revisions({ messageId }: { messageId: string }) {
  const query = useQuery(revisionsQuery(messageId))
  if (query.isPending) return <Skeleton className="h-10" />
  if (query.data === undefined) return <p className="text-sm">{wordsFor(query.error)}</p>
  return (
    <ol className="grid gap-2 text-sm">
      {query.data.data.map(({ content, at }) => (
        <li key={at}>
          <p className="text-2xs text-faint">{exactTime(at)}</p>
          <p dir="auto" className="break-words whitespace-pre-wrap">
            {textOf(content)}
          </p>
        </li>
      ))}
    </ol>
  )
}
