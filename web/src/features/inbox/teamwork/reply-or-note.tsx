/** Under the thread: an answer to the person, or a note for colleagues. */
import { useState, type ReactNode } from 'react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMay } from '@/shared/session/me'
import { NoteEditor } from './note-editor'

type Mode = 'reply' | 'note'

export function ReplyOrNote({ conversation, children }: { conversation: Conversation; children: ReactNode }) {
  const [mode, setMode] = useState<Mode>('reply')
  const mayAnswer = useMay('conversations:answer', conversation.business_id)
  if (!mayAnswer) return null
  return (
    <>
      <div className="border-t border-line bg-panel px-3 pt-1.5 two:px-4">
        <div role="group" aria-label={t('Write')} className="mx-auto flex max-w-3xl gap-1 text-xs font-semibold">
          <ModeButton mode="reply" current={mode} onChoose={setMode}>
            {t('Reply')}
          </ModeButton>
          <ModeButton mode="note" current={mode} onChoose={setMode}>
            {t('Note')}
          </ModeButton>
        </div>
      </div>
      <div className={mode === 'reply' ? 'contents [&>footer]:border-t-0 [&>footer]:pt-1' : 'hidden'}>{children}</div>
      {mode === 'note' && (
        <div className="bg-panel px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] two:px-4">
          <div className="mx-auto max-w-3xl">
            <NoteEditor key={conversation.id} conversationId={conversation.id} businessId={conversation.business_id} />
          </div>
        </div>
      )}
    </>
  )
}

interface ButtonProps {
  mode: Mode
  current: Mode
  onChoose: (mode: Mode) => void
  children: ReactNode
}

function ModeButton({ mode, current, onChoose, children }: ButtonProps) {
  const isOn = mode === current
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onChoose(mode)}
      className={cx(
        'h-7 rounded-md px-2.5 transition-colors',
        !isOn && 'text-soft hover:bg-sunken hover:text-ink',
        isOn && (mode === 'note' ? 'bg-lamp-soft text-lamp-ink' : 'bg-accent-soft text-accent'),
      )}
    >
      {children}
    </button>
  )
}
