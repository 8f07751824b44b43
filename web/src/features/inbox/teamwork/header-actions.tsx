/** What is done to the open conversation: whose it is, putting it off, handing it over, closing the matter. */
import { Bot, Check, Clock, EllipsisVertical, Hand, Hourglass, MailOpen, RotateCcw } from 'lucide-react'
import { serverNow } from '@/shared/api/server-clock'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useShortcut } from '@/shared/keys/live'
import { useHint, useKeyMarks, useKeysShown } from '@/shared/keys/shown'
import { exactTime } from '@/shared/lib/times'
import { useMay, useMe } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Menu, type MenuEntry } from '@/shared/ui/menu'
import { toast, toastUndo } from '@/shared/ui/toast'
import { useSetStatus } from '../mutations'
import { AssigneePicker } from './assignee-picker'
import { useAssign, useHand, useMark, useSnooze } from './mutations'
import { snoozeTimes } from './snooze-times'

const ICON_BUTTON = 'inline-grid size-9 shrink-0 place-items-center rounded-lg text-soft transition-colors hover:bg-sunken hover:text-ink'

export function HeaderActions({ conversation }: { conversation: Conversation }) {
  const mayAnswer = useMay('conversations:answer', conversation.business_id)
  if (!mayAnswer) return null
  return <Actions conversation={conversation} />
}

function Actions({ conversation }: { conversation: Conversation }) {
  const { id, business_id: businessId, assignee, team_id: teamId } = conversation
  useConversationKeys(conversation)
  return (
    <>
      <AssigneePicker conversationIds={[id]} businessId={businessId} assignee={assignee} teamId={teamId} />
      <span className="hidden @min-[36rem]:contents">
        <SnoozeMenu conversation={conversation} />
      </span>
      <More conversation={conversation} />
      <StatusButton conversation={conversation} />
    </>
  )
}

/** What has a key and no button of its own in the header. */
function useConversationKeys({ id, assignee }: Conversation): void {
  const me = useMe().user
  const assign = useAssign([id])
  const mark = useMark([id])
  const take = () => {
    assign.mutate({ assigneeId: me?.id ?? null })
    toastUndo(t('Assigned to you'), () => assign.mutate({ assigneeId: assignee?.id ?? null }))
  }
  useShortcut('take', me === null || assignee?.id === me.id ? null : take)
  useShortcut('unread', () => {
    mark.mutate('unread')
    toast({ text: t('Marked as unread') })
  })
}

function useSnoozeEntries({ id, status }: Conversation): MenuEntry[] {
  const snooze = useSnooze([id])
  const mark = useMark([id])
  if (status === 'resolved') return []
  return snoozeTimes(serverNow()).map(({ label, until }) => ({
    label,
    icon: Clock,
    ...(until !== null && { about: exactTime(until.toISOString()) }),
    onSelect: () => {
      snooze.mutate(until === null ? null : until.toISOString())
      toastUndo(t('Put off'), () => mark.mutate('reopened'))
    },
  }))
}

function SnoozeMenu({ conversation }: { conversation: Conversation }) {
  const entries = useSnoozeEntries(conversation)
  const label = t('Put off')
  const marks = useKeyMarks('snooze')
  const hint = useHint('snooze', label)
  if (entries.length === 0) return null
  return (
    <Menu
      label={label}
      side="bottom"
      align="end"
      buttonProps={{ 'aria-label': label, title: hint, className: ICON_BUTTON, ...marks }}
      face={<Clock aria-hidden className="size-4.5" />}
      entries={entries}
    />
  )
}

function More({ conversation }: { conversation: Conversation }) {
  const { id, status, handled_by: handledBy } = conversation
  const mark = useMark([id])
  const hand = useHand(id)
  const isAutomatic = handledBy === 'automation'
  const putOff = useSnoozeEntries(conversation)
  // It has the times too; the first button in sight answers the key.
  const marks = useKeyMarks('snooze')
  const unreadKeys = useKeysShown('unread')
  const entries: MenuEntry[] = [
    isAutomatic
      ? { label: t('Take over'), about: t('Automatic answers are silent then'), icon: Hand, onSelect: () => hand.mutate('people') }
      : { label: t('Give back to automatic answers'), icon: Bot, onSelect: () => hand.mutate('automation') },
    { label: t('Wait for their answer'), icon: Hourglass, disabled: status !== 'open', onSelect: () => mark.mutate('pending') },
    ...(status === 'snoozed' || status === 'pending'
      ? [{ label: t('Open now'), icon: RotateCcw, onSelect: () => mark.mutate('reopened') }]
      : []),
    { label: t('Mark as unread'), icon: MailOpen, ...(unreadKeys !== undefined && { keys: unreadKeys }), onSelect: () => mark.mutate('unread') },
    ...(putOff.length > 0 ? [{ heading: t('Put off') }, ...putOff] : []),
  ]
  const label = t('More')
  return (
    <Menu
      label={label}
      side="bottom"
      align="end"
      buttonProps={{ 'aria-label': label, title: label, className: ICON_BUTTON, ...(putOff.length > 0 && { 'data-shortcut': marks['data-shortcut'] }) }}
      face={<EllipsisVertical aria-hidden className="size-4.5" />}
      entries={entries}
    />
  )
}

function StatusButton({ conversation }: { conversation: Conversation }) {
  const setStatus = useSetStatus(conversation.id)
  const isResolved = conversation.status === 'resolved'
  const Icon = isResolved ? RotateCcw : Check
  const words = isResolved ? t('Reopen') : t('Resolve')
  const marks = useKeyMarks('resolve')
  const hint = useHint('resolve', words)
  const act = () => {
    setStatus.mutate(isResolved ? 'open' : 'resolved')
    if (!isResolved) toastUndo(t('Resolved'), () => setStatus.mutate('open'))
  }
  return (
    <Button disabled={setStatus.isPending} onClick={act} aria-label={words} title={hint} {...marks} className="@max-[36rem]:w-9 @max-[36rem]:px-0">
      <Icon aria-hidden className="size-4" />
      <span className="hidden @min-[36rem]:inline">{words}</span>
    </Button>
  )
}
