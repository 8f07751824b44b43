/** The reply box: text while the window is open, templates always; it locks itself the moment the window closes. */
import { LockKeyhole, MessageSquareText, SendHorizontal } from 'lucide-react'
import { lazy, Suspense, useState, type KeyboardEvent } from 'react'
import { serverNow } from '@/shared/api/server-clock'
import type { Conversation, NewContent } from '@/shared/api/types'
import { newId } from '@/shared/lib/new-id'
import { exactTime } from '@/shared/lib/times'
import { Button, IconButton } from '@/shared/ui/button'
import { useSend } from '../mutations'
import { draftOf, keepDraft } from './drafts'
import { useWindow, type WindowView } from './use-window'
import { WindowLine } from './window-line'

const TemplatePicker = lazy(() => import('./template-picker'))

export function Composer({ conversation }: { conversation: Conversation }) {
  const [picks, setPicks] = useState(false)
  const send = useSend(conversation.id)
  const view = useWindow(conversation.window)

  function submit(content: NewContent, text: string) {
    send.mutate({ key: newId(), content, text, at: new Date(serverNow()).toISOString() })
    setPicks(false)
  }

  const pick = () => setPicks(true)
  return (
    <footer className="border-t border-line bg-panel px-3 pt-2.5 pb-[max(0.75rem,env(safe-area-inset-bottom))] two:px-4">
      <div className="mx-auto max-w-3xl">
        {view.open ? (
          <TextBox
            conversationId={conversation.id}
            view={view}
            onSend={(body) => submit({ type: 'text', body }, body)}
            onPick={pick}
          />
        ) : (
          <Locked closesAt={conversation.window.closes_at} onPick={pick} />
        )}
      </div>
      {picks && (
        <Suspense>
          <TemplatePicker
            channelId={conversation.channel_id}
            contactName={conversation.contact.name}
            onClose={() => setPicks(false)}
            onSend={submit}
          />
        </Suspense>
      )}
    </footer>
  )
}

interface TextBoxProps {
  conversationId: string
  view: WindowView
  onSend: (body: string) => void
  onPick: () => void
}

function TextBox({ conversationId, view, onSend, onPick }: TextBoxProps) {
  const [text, setText] = useState(() => draftOf(conversationId))
  const isEmpty = text.trim() === ''

  function write(next: string) {
    setText(next)
    keepDraft(conversationId, next)
  }
  function submit() {
    if (isEmpty) return
    onSend(text.trim())
    write('')
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }

  return (
    <>
      <div className="flex items-end gap-1 rounded-2xl border border-line-strong bg-raised p-1.5 focus-within:border-accent">
        <IconButton label="Send a template" onClick={onPick}>
          <MessageSquareText aria-hidden className="size-4.5" />
        </IconButton>
        <textarea
          aria-label="Reply"
          placeholder="Write a reply"
          dir="auto"
          rows={1}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-44 min-h-9 min-w-0 flex-1 resize-none bg-transparent px-1 py-1.5 text-base outline-none placeholder:text-faint"
        />
        <Button look="main" aria-label="Send" disabled={isEmpty} onClick={submit} className="size-9 px-0">
          <SendHorizontal aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </Button>
      </div>
      <WindowLine view={view} />
    </>
  )
}

function Locked({ closesAt, onPick }: { closesAt: string | null; onPick: () => void }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2.5 rounded-2xl border border-dashed border-line-strong bg-sunken px-4 py-3"
    >
      <LockKeyhole aria-hidden className="size-5 shrink-0 text-faint" />
      <div className="min-w-48 flex-1 text-sm">
        <p className="font-semibold">
          {closesAt === null ? 'They have not written yet' : `Free replies ended ${exactTime(closesAt)}`}
        </p>
        <p className="text-soft">Only an approved template may be sent until they write.</p>
      </div>
      <Button look="main" onClick={onPick}>
        Choose a template
      </Button>
    </div>
  )
}
