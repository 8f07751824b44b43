/** Where a reply is written: words, files, a voice message, and what is behind the plus. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import type { Conversation, NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { AttachmentTray } from './attachment-tray'
import { HABITS, habitsQuery } from './desk-api'
import { DropZone } from './drop-zone'
import { EditorButtons, EditorStart, FilePicker } from './editor-buttons'
import type { Extra } from './plus-menu'
import { QuickReplies } from './quick-replies'
import { Limit, TextBox } from './text-box'
import { useEditor } from './use-editor'
import { useSlash } from './use-slash'
import type { WindowView } from './use-window'
import { WindowLine } from './window-line'
import { channelKind } from '../channel-kinds'

const VoiceRecorder = lazy(() => import('./voice-recorder'))

interface Props {
  conversation: Conversation
  view: WindowView
  onSend: (content: NewContent, text: string) => void
  onLater: (text: string, onDone: () => void) => void
  onDialog: (dialog: Exclude<Extra, 'file'> | 'template') => void
  isReply: boolean
}

export function Editor(props: Props) {
  const [records, setRecords] = useState(false)
  if (!records) return <Writing {...props} onRecord={() => setRecords(true)} />
  return (
    <Suspense>
      <VoiceRecorder
        businessId={props.conversation.business_id}
        onCancel={() => setRecords(false)}
        onRecorded={(file) => {
          props.onSend({ type: 'audio', file: { id: file }, voice: true }, t('Voice message'))
          setRecords(false)
        }}
      />
    </Suspense>
  )
}

function Writing({ conversation, view, onSend, onLater, onDialog, isReply, onRecord }: Props & { onRecord: () => void }) {
  const { data: habits = HABITS } = useQuery(habitsQuery)
  const box = useRef<HTMLTextAreaElement>(null)
  const editor = useEditor({ conversation, isReply, onSend }, box)
  const slash = useSlash(conversation.id, editor.text, ({ text, file_ids: files }) => {
    editor.insert(text)
    editor.attachments.addKept(files)
  })
  const picker = useRef<HTMLInputElement>(null)
  const allowed: readonly string[] = conversation.window.allowed
  const addFiles = allowed.includes('document') ? editor.attachments.add : null
  return (
    <>
      <div className="relative rounded-2xl border border-line-strong bg-raised p-1.5 focus-within:border-accent">
        {slash.isOpen && <QuickReplies slash={slash} />}
        <AttachmentTray attachments={editor.attachments} />
        <div className="flex items-end gap-1">
          <EditorStart
            allowed={allowed}
            onChoose={(extra) => (extra === 'file' ? picker.current?.click() : onDialog(extra))}
            onTemplate={() => onDialog('template')}
          />
          <TextBox
            ref={box}
            text={editor.text}
            enterSends={habits.enter_sends}
            onWrite={editor.write}
            onSubmit={editor.submit}
            onFiles={addFiles}
            slash={slash.isOpen ? slash : null}
          />
          <EditorButtons
            records={editor.isEmpty && allowed.includes('audio')}
            isReady={editor.isReady}
            onRecord={onRecord}
            onSubmit={editor.submit}
            onEmoji={(emoji) => editor.insert(editor.text + emoji)}
            onLater={editor.canWait ? () => onLater(editor.words, editor.clear) : null}
          />
        </div>
        <Limit text={editor.text} />
      </div>
      <WindowLine view={view} freeUntil={conversation.window.free_until ?? null} enterSends={habits.enter_sends} marksText={channelKind(conversation.channel_kind).marksText} />
      {addFiles !== null && <DropZone onFiles={addFiles} />}
      <FilePicker
        ref={picker}
        onFiles={(files) => {
          editor.attachments.add(files)
          box.current?.focus()
        }}
      />
    </>
  )
}
