/** Over the thread: who it is, which business they wrote to, who looks after them, and closing the matter. */
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Bot, Check, Hourglass, RotateCcw, Users } from 'lucide-react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { openingOf } from '@/shared/lib/opening'
import { elapsed } from '@/shared/lib/times'
import { Avatar } from '@/shared/ui/avatar'
import { BusinessMark } from '@/shared/ui/arch'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { useSetStatus } from '../mutations'
import { addressOf, handlerWords, nameOf, waitingWords } from '../words'

interface Props {
  conversation: Conversation
  business: Business | undefined
  now: number
}

export function ConversationHeader({ conversation, business, now }: Props) {
  const { contact } = conversation
  const name = nameOf(contact)
  const address = addressOf(contact)
  return (
    <header className="border-b border-line bg-panel px-3 py-2.5 two:px-4">
      <div className="flex items-center gap-2.5">
        <BackToList />
        <Avatar id={contact.id} name={name} />
        <div className="min-w-0 flex-1">
          <h2 tabIndex={-1} className="truncate font-semibold outline-none">
            <bdi>{name}</bdi>
          </h2>
          {address !== null && (
            <p className="truncate text-xs text-soft">
              <bdi dir="ltr">{address}</bdi>
            </p>
          )}
        </div>
        <StatusButton conversation={conversation} />
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
            <span dir="auto">{openingOf(business, now).words}</span>
          </>
        )}
        <Handler conversation={conversation} now={now} />
      </div>
    </header>
  )
}

function BackToList() {
  return (
    <Link
      to="/inbox"
      search={(old) => old}
      aria-label={t('Back to the list')}
      className="-ms-1 grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-sunken two:hidden"
    >
      <ArrowLeft aria-hidden className="size-5 rtl:-scale-x-100" />
    </Link>
  )
}

function Handler({ conversation, now }: { conversation: Conversation; now: number }) {
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

function StatusButton({ conversation }: { conversation: Conversation }) {
  const setStatus = useSetStatus(conversation.id)
  const isResolved = conversation.status === 'resolved'
  const Icon = isResolved ? RotateCcw : Check
  return (
    <Button disabled={setStatus.isPending} onClick={() => setStatus.mutate(isResolved ? 'open' : 'resolved')}>
      <Icon aria-hidden className="size-4" />
      {isResolved ? t('Reopen') : t('Resolve')}
    </Button>
  )
}
