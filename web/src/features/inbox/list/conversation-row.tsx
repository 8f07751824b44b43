/** One conversation in the list: who, what was said last, and whether somebody has to act. */
import { Bot, CircleAlert, Hourglass, Megaphone } from 'lucide-react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { elapsed, exactTime, MINUTE, shortAgo } from '@/shared/lib/times'
import { BusinessMark } from '@/shared/ui/arch'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { withoutMarks } from '../conversation/formatted'
import { TagMark } from '@/shared/ui/tag'
import { StateMark } from '../state-mark'
import { lineOf, nameOf, waitingWords } from '../words'

export const ROW_HEIGHT = 86

interface Props {
  conversation: Conversation
  business: Business | undefined
  /** What one began to write there. */
  draft: string | undefined
  /** A link like any other; the list goes there without loading the page. */
  href: string
  selected: boolean
  /** The one that Tab goes to; the arrow keys go to the rest. */
  tabbable: boolean
  now: number
}

export function ConversationRow({ conversation, business, draft, href, selected, tabbable, now }: Props) {
  const { contact, unread_count: unread } = conversation
  const name = nameOf(contact)
  return (
    <a
      href={href}
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
          <span dir="auto" className={cx('min-w-0 flex-1 truncate', unread > 0 ? 'font-bold' : 'font-semibold')}>
            {name}
          </span>
          <time
            dir="auto"
            dateTime={conversation.last_activity_at}
            onPointerEnter={({ currentTarget }) => (currentTarget.title = exactTime(conversation.last_activity_at))}
            className="shrink-0 text-2xs text-faint"
          >
            {shortAgo(conversation.last_activity_at, now)}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <LastWords conversation={conversation} draft={draft} unread={unread > 0} />
          {unread > 0 && (
            <span className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent-fill px-1.5 text-2xs font-bold text-on-accent">
              {unread > 99 ? '99+' : unread}
              <span className="sr-only"> {t('unread')}</span>
            </span>
          )}
        </span>
        <Foot conversation={conversation} business={business} now={now} />
      </span>
    </a>
  )
}

const AUTHOR_ICONS = { automation: Bot, bot: Bot, campaign: Megaphone } as const

/** What one began to write oneself comes before what was said last. */
function LastWords({ conversation, draft, unread }: Pick<Props, 'conversation' | 'draft'> & { unread: boolean }) {
  if (draft === undefined) return <LastMessage message={conversation.last_message} unread={unread} />
  return (
    <span className="min-w-0 flex-1 truncate text-sm text-soft">
      <span className="font-semibold text-lamp-ink">{t('Draft')}</span>{' '}
      <bdi>{draft}</bdi>
    </span>
  )
}

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

function Foot({ conversation, business, now }: Pick<Props, 'conversation' | 'business' | 'now'>) {
  const { assignee, tags, needs_attention: needsAttention } = conversation
  const isQuiet = waitingWords(conversation) === null && !needsAttention && tags.length === 0
  return (
    <span className="flex h-5 min-w-0 items-center gap-1 overflow-hidden">
      {isQuiet && <span className="truncate text-2xs text-faint">{business?.name}</span>}
      <Waiting conversation={conversation} now={now} />
      {needsAttention && (
        <Badge tone="bad">
          <CircleAlert aria-hidden />
          {t('Needs a look')}
        </Badge>
      )}
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <TagMark key={tag.id} tag={tag} />
      ))}
      {tags.length > MOST_TAGS && <span className="text-2xs text-faint">+{tags.length - MOST_TAGS}</span>}
      {assignee !== null && <Assignee id={assignee.id} name={assignee.name ?? t('Somebody')} />}
    </span>
  )
}

function Waiting({ conversation, now }: Pick<Props, 'conversation' | 'now'>) {
  const words = waitingWords(conversation)
  if (words === null || conversation.waiting_since === null) return null
  return (
    <Badge tone={waitTone(conversation, now)}>
      <Hourglass aria-hidden />
      <span className={conversation.tags.length > 0 ? 'sr-only' : 'truncate'}>{words}</span>
      <span className="shrink-0 tabular-nums">
        {conversation.tags.length === 0 && '· '}
        {elapsed(now - Date.parse(conversation.waiting_since))}
      </span>
    </Badge>
  )
}

function Assignee({ id, name }: { id: string; name: string }) {
  return (
    <span className="ms-auto shrink-0" title={name}>
      <Avatar id={id} name={name} size="small" />
      <span className="sr-only">{t('Assigned to {name}', { name })}</span>
    </span>
  )
}

const MOST_TAGS = 2

/** Against what the business aims at: quiet, then amber from half of it on, then red. */
function waitTone({ waiting_since: since, answer_within_minutes: aim }: Conversation, now: number): 'quiet' | 'lamp' | 'bad' {
  const share = since === null ? 0 : (now - Date.parse(since)) / (aim * MINUTE)
  if (share >= 1) return 'bad'
  return share >= 0.5 ? 'lamp' : 'quiet'
}
