/** At the end of the thread: what will be said later, to change or to call off. */
import { useQuery } from '@tanstack/react-query'
import { CalendarClock } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Conversation, NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { toastUndo } from '@/shared/ui/toast'
import { textOf } from '../words'
import { followUpsQuery, useFollowUps, type FollowUp } from './desk-api'
import { useZone } from './use-zone'

const ScheduleDialog = lazy(() => import('./schedule-dialog'))

const wordsOf = ({ content, template }: FollowUp) => (content == null ? t('Template {name}', { name: template }) : textOf(content))

export function Scheduled({ conversation }: { conversation: Conversation }) {
  const { data } = useQuery(followUpsQuery(conversation.id))
  const waiting = (data ?? []).filter(({ state }) => state === 'waiting')
  if (waiting.length === 0) return null
  return (
    <ul aria-label={t('Scheduled messages')} className="mx-auto grid max-h-40 w-full max-w-3xl grid-cols-[minmax(0,1fr)] gap-1.5 overflow-y-auto px-4 pb-2">
      {waiting.map((followUp) => (
        <Row key={followUp.id} followUp={followUp} conversation={conversation} />
      ))}
    </ul>
  )
}

function Row({ followUp, conversation }: { followUp: FollowUp; conversation: Conversation }) {
  const [edits, setEdits] = useState(false)
  const { add, change, cancel } = useFollowUps(conversation.id)
  const zone = useZone(conversation.business_id)
  const words = wordsOf(followUp)
  const body = (dueAt: string, unlessAnswered: boolean) => ({
    after_hours: 24,
    due_at: dueAt,
    unless_answered: unlessAnswered,
    ...(followUp.content != null && { content: followUp.content as unknown as NewContent }),
  })
  function callOff() {
    cancel.mutate(followUp.id)
    if (followUp.content == null) return
    toastUndo(t('Scheduled message cancelled'), () => add.mutate(body(followUp.due_at, followUp.unless_answered)))
  }
  return (
    <li className="flex items-center gap-2.5 rounded-xl border border-dashed border-line-strong bg-panel px-3 py-2 text-sm">
      <CalendarClock aria-hidden className="size-4 shrink-0 text-accent" />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate">
          {words}
        </p>
        <p className="text-2xs text-soft">
          {t('Goes {when}', { when: exactTime(followUp.due_at) })}
          {followUp.unless_answered && ` · ${t('not if they write first')}`}
        </p>
      </div>
      {followUp.content != null && (
        <Button size="small" onClick={() => setEdits(true)}>
          {t('Change')}
        </Button>
      )}
      <Button size="small" look="quiet" onClick={callOff}>
        {t('Cancel')}
      </Button>
      {edits && (
        <Suspense>
          <ScheduleDialog
            text={words}
            closesAt={conversation.window.closes_at}
            businessZone={zone}
            dueAt={followUp.due_at}
            unlessAnswered={followUp.unless_answered}
            onSave={(dueAt, unless) => change.mutateAsync({ followUp: followUp.id, body: body(dueAt, unless) })}
            onClose={() => setEdits(false)}
          />
        </Suspense>
      )}
    </li>
  )
}
