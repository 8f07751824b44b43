/** One person, or one message, with what was looked for in it. */
import { Link } from '@tanstack/react-router'
import { Bot, CornerUpLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { exactTime, shortAgo } from '@/shared/lib/times'
import { BusinessMark } from '@/shared/ui/arch'
import { Avatar } from '@/shared/ui/avatar'
import type { FoundContact, FoundMessage } from './api'
import { Marked } from './marked'

const ROW = 'flex items-start gap-3 rounded-xl px-3 py-2.5 outline-offset-[-2px] transition-colors hover:bg-sunken'

export function ContactHit({ contact, business }: { contact: FoundContact; business: Business | undefined }) {
  const name = contact.name ?? contact.phone ?? t('Unknown person')
  const face = (
    <>
      <Avatar id={contact.id} name={name} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-semibold">
          {contact.name === null ? name : <Marked text={contact.name} marks={contact.marks} />}
        </bdi>
        <span className="block truncate text-sm text-soft">
          {contact.name !== null && contact.phone !== null && <bdi dir="ltr">{contact.phone}</bdi>}
          {contact.conversation_id === null && t('No conversation yet')}
        </span>
      </span>
      <Where business={business} />
    </>
  )
  return (
    <li>
      {contact.conversation_id === null ? (
        <div className={ROW}>{face}</div>
      ) : (
        <Link to="/inbox/$conversationId" params={{ conversationId: contact.conversation_id }} className={ROW}>
          {face}
        </Link>
      )}
    </li>
  )
}

const OURS: Record<string, ReactNode> = {
  agent: <CornerUpLeft aria-hidden className="size-3.5 shrink-0 rtl:-scale-x-100" />,
  native_app: <CornerUpLeft aria-hidden className="size-3.5 shrink-0 rtl:-scale-x-100" />,
  automation: <Bot aria-hidden className="size-3.5 shrink-0" />,
}

export function MessageHit({ message, business, now }: { message: FoundMessage; business: Business | undefined; now: number }) {
  const name = message.contact.name ?? t('Unknown person')
  return (
    <li>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: message.conversation_id }}
        hash={`message-${message.id}`}
        className={ROW}
      >
        <Avatar id={message.contact.id} name={name} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate font-semibold">{name}</bdi>
            <time dateTime={message.at} title={exactTime(message.at)} className="shrink-0 text-2xs text-faint">
              {shortAgo(message.at, now)}
            </time>
          </span>
          <span className="flex items-start gap-1 text-sm text-soft">
            {OURS[message.author_kind] !== undefined && <span className="mt-1 text-faint">{OURS[message.author_kind]}</span>}
            <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words">
              <Marked text={message.text} marks={message.marks} />
            </span>
          </span>
        </span>
        <Where business={business} />
      </Link>
    </li>
  )
}

function Where({ business }: { business: Business | undefined }) {
  if (business === undefined) return null
  return (
    <span title={business.name} className="mt-0.5">
      <BusinessMark business={business} size="small" />
    </span>
  )
}
