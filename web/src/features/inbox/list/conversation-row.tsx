/** One conversation in the list: who, what was said last, and whether somebody has to act. */
import { Link } from '@tanstack/react-router'
import { Bot, CircleAlert, Hourglass, Megaphone } from 'lucide-react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { exactTime, shortAgo } from '@/shared/lib/times'
import { BusinessMark } from '@/shared/ui/arch'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { withoutMarks } from '../conversation/formatted'
import { StateMark } from '../state-mark'
import { lineOf, nameOf, waitingWords } from '../words'

export const ROW_HEIGHT = 86

interface Props {
  conversation: Conversation
  business: Business | undefined
  selected: boolean
  /** The one that Tab goes to; the arrow keys go to the rest. */
  tabbable: boolean
  now: number
}

export function ConversationRow({ conversation, business, selected, tabbable, now }: Props) {
  const { contact, unread_count: unread } = conversation
  const name = nameOf(contact)
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: conversation.id }}
      search={(old) => old}
      data-conversation={conversation.id}
      tabIndex={tabbable ? 0 : -1}
      aria-current={selected ? 'page' : undefined}
      className={cx(
        'flex h-full items-start gap-3 rounded-xl px-2.5 py-2.5 outline-offset-[-2px] transition-colors',
        selected ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
    >
      <span className="relative">
        <Avatar id={contact.id} name={name} />
        {business !== undefined && (
          <span className="absolute -end-1.5 -bottom-1.5 grid rounded-t-[9px] rounded-b-[5px] bg-panel p-0.5">
            <BusinessMark business={business} size="small" />
          </span>
        )}
      </span>
      <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className={cx('min-w-0 flex-1 truncate', unread > 0 ? 'font-bold' : 'font-semibold')}>
            <bdi>{name}</bdi>
          </span>
          <time
            dir="auto"
            dateTime={conversation.last_activity_at}
            title={exactTime(conversation.last_activity_at)}
            className="shrink-0 text-2xs text-faint"
          >
            {shortAgo(conversation.last_activity_at, now)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <LastMessage message={conversation.last_message} unread={unread > 0} />
          {unread > 0 && (
            <span className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent-fill px-1.5 text-2xs font-bold text-on-accent">
              {unread > 99 ? '99+' : unread}
              <span className="sr-only"> {t('unread')}</span>
            </span>
          )}
        </span>
        <Foot conversation={conversation} business={business} />
      </span>
    </Link>
  )
}

const AUTHOR_ICONS = { automation: Bot, bot: Bot, campaign: Megaphone } as const

function LastMessage({ message, unread }: { message: Conversation['last_message']; unread: boolean }) {
  if (message === null) return <span className="flex-1 text-sm text-faint">{t('No message yet')}</span>
  const Icon = message.author_kind in AUTHOR_ICONS ? AUTHOR_ICONS[message.author_kind as 'bot'] : null
  return (
    <span className={cx('flex min-w-0 flex-1 items-center gap-1 text-sm', unread ? 'text-ink' : 'text-soft')}>
      <StateMark state={message.state} className="size-3.5" />
      {Icon !== null && <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />}
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {withoutMarks(lineOf(message.text))}
      </span>
    </span>
  )
}

function Foot({ conversation, business }: Pick<Props, 'conversation' | 'business'>) {
  const waiting = waitingWords(conversation)
  if (waiting === null && !conversation.needs_attention) {
    return <span className="truncate text-2xs text-faint">{business?.name}</span>
  }
  return (
    <span className="flex gap-1 overflow-hidden">
      {waiting !== null && (
        <Badge tone="lamp">
          <Hourglass aria-hidden />
          <span className="truncate">{waiting}</span>
        </Badge>
      )}
      {conversation.needs_attention && (
        <Badge tone="bad">
          <CircleAlert aria-hidden />
          {t('Needs a look')}
        </Badge>
      )}
    </span>
  )
}
