/** Over the thread: who it is, which business they wrote to, who looks after them, and what to do about it. */
import { Bot, Clock, Hourglass, PanelRight, Users } from 'lucide-react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useHint, useKeyMarks } from '@/shared/keys/shown'
import { openingOf } from '@/shared/lib/opening'
import { elapsed, exactTime } from '@/shared/lib/times'
import { Avatar } from '@/shared/ui/avatar'
import { BusinessMark } from '@/shared/ui/arch'
import { Badge } from '@/shared/ui/badge'
import { IconButton } from '@/shared/ui/button'
import { HeaderActions } from '../teamwork/header-actions'
import { OthersHere } from '../teamwork/others-here'
import { TagRow } from '../teamwork/tag-row'
import { channelKind } from '../channel-kinds'
import { addressOf, handlerWords, nameOf, waitingWords } from '../words'
import { BackToList } from './back-to-list'

interface Props {
  conversation: Conversation
  business: Business | undefined
  now: number
  /** Beside the thread, what else is known of the person. */
  side: { open: boolean; toggle: () => void }
}

export function ConversationHeader({ conversation, business, now, side }: Props) {
  const { contact } = conversation
  const name = nameOf(contact)
  const address = addressOf(contact)
  const aboutMarks = useKeyMarks('about')
  const aboutHint = useHint('about', t('About this person'))
  return (
    <header className="@container border-b border-line bg-panel px-3 py-2.5 two:px-4">
      <div className="flex items-center gap-2">
        <BackToList />
        <Avatar id={contact.id} name={name} />
        <div className="min-w-0 flex-1">
          <h2 tabIndex={-1} dir="auto" className="truncate font-semibold outline-none">
            {name}
          </h2>
          {address !== null && (
            <p className="truncate text-xs text-soft">
              <bdi dir="ltr">{address}</bdi>
            </p>
          )}
        </div>
        <OthersHere conversationId={conversation.id} />
        <HeaderActions conversation={conversation} />
        <IconButton label={t('About this person')} title={aboutHint} {...aboutMarks} aria-expanded={side.open} onClick={side.toggle}>
          <PanelRight aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </IconButton>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-soft">
        {business !== undefined && (
          <>
            <span className="flex min-w-0 items-center gap-1.5">
              <BusinessMark business={business} size="small" />
              <span dir="auto" className="truncate font-medium text-ink">
                {business.name}
              </span>
            </span>
            <span dir="auto" className="hidden @min-[30rem]:inline">
              {openingOf(business, now).words}
            </span>
          </>
        )}
        <Channel kind={conversation.channel_kind} />
        <Handler conversation={conversation} now={now} />
        <TagRow conversation={conversation} />
      </div>
    </header>
  )
}

function Channel({ kind }: { kind: string }) {
  const { name, Icon } = channelKind(kind)
  return (
    <span className="flex items-center gap-1" title={name}>
      <Icon aria-hidden className="size-3.5" />
      <span className="max-two:sr-only">{name}</span>
    </span>
  )
}

function Handler({ conversation, now }: { conversation: Conversation; now: number }) {
  const { status, snoozed_until: until } = conversation
  if (status === 'snoozed' || status === 'pending') {
    return (
      <Badge tone="quiet">
        <Clock aria-hidden />
        {status === 'pending' ? t('Waiting for them') : until === null ? t('Put off until they write') : t('Put off until {time}', { time: exactTime(until) })}
      </Badge>
    )
  }
  const waiting = waitingWords(conversation)
  if (waiting !== null && conversation.waiting_since !== null) {
    return (
      <Badge tone="lamp">
        <Hourglass aria-hidden />
        {waiting} · {elapsed(now - Date.parse(conversation.waiting_since))}
      </Badge>
    )
  }
  const Icon = conversation.handled_by === 'automation' ? Bot : Users
  return (
    <Badge tone="quiet">
      <Icon aria-hidden />
      {handlerWords(conversation)}
    </Badge>
  )
}
