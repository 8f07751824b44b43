/** The reply box: anything while the window is open, templates always; it locks itself the moment the window closes. */
import { LockKeyhole } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { serverNow } from '@/shared/api/server-clock'
import type { Conversation, Message, NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { exactTime } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { channelKind, closedWords } from '../channel-kinds'
import { useSend } from '../mutations'
import { useFollowUps } from './desk-api'
import { Editor } from './editor'
import type { Extra } from './plus-menu'
import { ReplyBar } from './reply-bar'
import { useWindow } from './use-window'
import { useZone } from './use-zone'

const TemplatePicker = lazy(() => import('./template/template-picker'))
const ScheduleDialog = lazy(() => import('./schedule-dialog'))
const LocationForm = lazy(() => import('./location-form'))
const BuilderDialog = lazy(() => import('./builder/builder-dialog'))

interface Props {
  conversation: Conversation
  replyTo: Message | null
  onReplyDone: () => void
}

/** Words that are to be said at another time. */
interface Later {
  text: string
  onDone: () => void
}

type OpenDialog = Exclude<Extra, 'file'> | 'template'

export function Composer({ conversation, replyTo, onReplyDone }: Props) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [later, setLater] = useState<Later | null>(null)
  const send = useSend(conversation.id)
  const { add } = useFollowUps(conversation.id)
  const view = useWindow(conversation.window)
  const zone = useZone(conversation.business_id)

  function submit(content: NewContent, text: string) {
    const quotes = replyTo === null ? {} : { replyTo: replyTo.id }
    send.mutate({ key: newId(), content, text, at: new Date(serverNow()).toISOString(), ...quotes })
    setDialog(null)
    onReplyDone()
  }

  async function schedule({ text, onDone }: Later, dueAt: string, unlessAnswered: boolean) {
    const content = { type: 'text', body: text } as const
    await add.mutateAsync({ after_hours: 24, due_at: dueAt, unless_answered: unlessAnswered, content })
    onDone()
  }

  return (
    <footer className="border-t border-line bg-panel px-3 pt-2.5 pb-[max(0.75rem,env(safe-area-inset-bottom))] two:px-4">
      <div className="mx-auto max-w-3xl">
        {view.open ? (
          <>
            {replyTo !== null && <ReplyBar message={replyTo} onDrop={onReplyDone} />}
            <Editor
              conversation={conversation}
              view={view}
              onSend={submit}
              onLater={(text, onDone) => setLater({ text, onDone })}
              onDialog={setDialog}
              isReply={replyTo !== null}
            />
          </>
        ) : (
          <Locked kind={conversation.channel_kind} closesAt={conversation.window.closes_at} onPick={() => setDialog('template')} />
        )}
      </div>
      <Suspense>
        {later !== null && (
          <ScheduleDialog
            text={later.text}
            closesAt={conversation.window.closes_at}
            businessZone={zone}
            onSave={(dueAt, unless) => schedule(later, dueAt, unless)}
            onClose={() => setLater(null)}
          />
        )}
        {dialog !== null && (
          <ComposerDialog dialog={dialog} conversation={conversation} onClose={() => setDialog(null)} onSend={submit} />
        )}
      </Suspense>
    </footer>
  )
}

interface DialogProps {
  dialog: OpenDialog
  conversation: Conversation
  onClose: () => void
  onSend: (content: NewContent, text: string) => void
}

function ComposerDialog({ dialog, conversation, ...rest }: DialogProps) {
  switch (dialog) {
    case 'template':
      return <TemplatePicker conversation={conversation} {...rest} />
    case 'location':
      return <LocationForm {...rest} />
    default:
      return <BuilderDialog kind={dialog} {...rest} />
  }
}

function Locked({ kind, closesAt, onPick }: { kind: string; closesAt: string | null; onPick: () => void }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2.5 rounded-2xl border border-dashed border-line-strong bg-sunken px-4 py-3"
    >
      <LockKeyhole aria-hidden className="size-5 shrink-0 text-faint" />
      <div className="min-w-48 flex-1 text-sm">
        <p className="font-semibold">
          {closesAt === null ? t('They have not written yet') : t('Free replies ended {time}', { time: exactTime(closesAt) })}
        </p>
        <p className="text-soft">{closedWords(kind)}</p>
      </div>
      {channelKind(kind).hasTemplates && (
        <Button look="main" onClick={onPick}>
          {t('Choose a template')}
        </Button>
      )}
    </div>
  )
}
