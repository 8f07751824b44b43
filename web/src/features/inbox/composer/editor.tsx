/** Where a reply is written: words, files, a voice message, and what is behind the plus. */
import { MessageSquareText, Mic, SendHorizontal } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { Conversation, NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { useTyping } from '../mutations'
import { AttachmentTray } from './attachment-tray'
import { draftOf, keepDraft } from './drafts'
import { DropZone } from './drop-zone'
import { messagesFrom } from './messages-from'
import { PlusMenu, type Extra } from './plus-menu'
import { useAttachments } from './use-attachments'
import type { WindowView } from './use-window'
import { WindowLine } from './window-line'

const VoiceRecorder = lazy(() => import('./voice-recorder'))

interface Props {
  conversation: Conversation
  view: WindowView
  onSend: (content: NewContent, text: string) => void
  onDialog: (dialog: Exclude<Extra, 'file'> | 'template') => void
  isReply: boolean
}

export function Editor({ conversation, view, onSend, onDialog, isReply }: Props) {
  const [text, setText] = useState(() => draftOf(conversation.id))
  const [records, setRecords] = useState(false)
  const attachments = useAttachments(conversation.business_id)
  const typing = useTyping(conversation.id)
  const box = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const allowed: readonly string[] = conversation.window.allowed
  const takesFiles = allowed.includes('document')
  const { all } = attachments
  const isEmpty = text.trim() === '' && all.length === 0
  const isReady = !isEmpty && all.every(({ fileId }) => fileId !== null)

  useEffect(() => {
    if (isReply) box.current?.focus()
  }, [isReply])

  function write(next: string) {
    setText(next)
    keepDraft(conversation.id, next)
    if (next !== '') typing()
  }
  function submit() {
    if (!isReady) return
    for (const message of messagesFrom(text.trim(), all)) onSend(message.content, message.text)
    attachments.clear()
    write('')
  }
  function choose(extra: Extra) {
    if (extra === 'file') picker.current?.click()
    else onDialog(extra)
  }

  if (records) {
    return (
      <Suspense>
        <VoiceRecorder
          businessId={conversation.business_id}
          onCancel={() => setRecords(false)}
          onRecorded={(id) => {
            onSend({ type: 'audio', file: { id }, voice: true }, t('Voice message'))
            setRecords(false)
          }}
        />
      </Suspense>
    )
  }
  return (
    <>
      <div className="rounded-2xl border border-line-strong bg-raised p-1.5 focus-within:border-accent">
        <AttachmentTray attachments={attachments} />
        <div className="flex items-end gap-1">
          {takesFiles && (
            <PlusMenu offers={(extra) => allowed.includes(extra === 'file' ? 'document' : extra)} onChoose={choose} />
          )}
          <IconButton label={t('Send a template')} onClick={() => onDialog('template')}>
            <MessageSquareText aria-hidden className="size-4.5" />
          </IconButton>
          <TextBox ref={box} text={text} onWrite={write} onSubmit={submit} onFiles={takesFiles ? attachments.add : null} />
          {isEmpty && allowed.includes('audio') ? (
            <IconButton label={t('Record a voice message')} onClick={() => setRecords(true)}>
              <Mic aria-hidden className="size-4.5" />
            </IconButton>
          ) : (
            <Button look="main" aria-label={t('Send')} disabled={!isReady} onClick={submit} className="size-9 px-0">
              <SendHorizontal aria-hidden className="size-4.5 rtl:-scale-x-100" />
            </Button>
          )}
        </div>
      </div>
      <WindowLine view={view} freeUntil={conversation.window.free_until ?? null} />
      {takesFiles && <DropZone onFiles={attachments.add} />}
      <FilePicker
        ref={picker}
        onFiles={(files) => {
          attachments.add(files)
          box.current?.focus()
        }}
      />
    </>
  )
}

interface FilePickerProps {
  ref: React.Ref<HTMLInputElement>
  onFiles: (files: Iterable<File>) => void
}

/** The browser's own; unseen, opened by the menu. */
function FilePicker({ ref, onFiles }: FilePickerProps) {
  return (
    <input
      ref={ref}
      type="file"
      multiple
      hidden
      aria-label={t('Choose files')}
      onChange={({ target }) => {
        // A copy: emptying the box, so that the same file can be chosen again, empties the list too.
        onFiles(Array.from(target.files ?? []))
        target.value = ''
      }}
    />
  )
}

interface TextBoxProps {
  ref: React.Ref<HTMLTextAreaElement>
  text: string
  onWrite: (text: string) => void
  onSubmit: () => void
  /** null: files may not be sent. */
  onFiles: ((files: Iterable<File>) => void) | null
}

function TextBox({ ref, text, onWrite, onSubmit, onFiles }: TextBoxProps) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onSubmit()
  }
  function onPaste(event: ClipboardEvent) {
    if (onFiles === null || event.clipboardData.files.length === 0) return
    event.preventDefault()
    onFiles(event.clipboardData.files)
  }
  return (
    <textarea
      ref={ref}
      aria-label={t('Reply')}
      placeholder={t('Write a reply')}
      dir="auto"
      rows={1}
      value={text}
      onChange={(event) => onWrite(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      className="field-sizing-content max-h-44 min-h-9 min-w-0 flex-1 resize-none bg-transparent px-1 py-1.5 text-base outline-none placeholder:text-faint"
    />
  )
}
