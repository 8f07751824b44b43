/** Under the thread: an answer to the person, or a note for colleagues. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useShortcut } from '@/shared/keys/live'
import { useHint, useKeyMarks } from '@/shared/keys/shown'
import { cx } from '@/shared/lib/cx'
import { useMay } from '@/shared/session/me'
import { NoteEditor } from './note-editor'

type Mode = 'reply' | 'note'

interface Props {
  conversation: Conversation
  children: ReactNode
}

export function ReplyOrNote(props: Props) {
  const mayAnswer = useMay('conversations:answer', props.conversation.business_id)
  return mayAnswer ? <Writing {...props} /> : null
}

function Writing({ conversation, children }: Props) {
  const [mode, setMode] = useState<Mode>('reply')
  const [asked, setAsked] = useState(0)
  const boxes = useRef<HTMLDivElement>(null)
  const write = (next: Mode) => {
    setMode(next)
    setAsked((old) => old + 1)
  }
  useShortcut('reply', () => write('reply'))
  useShortcut('note', () => write('note'))
  useEffect(() => {
    if (asked > 0) placeToWrite(boxes.current)?.focus()
  }, [asked])
  return (
    <div ref={boxes} className="contents">
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
    </div>
  )
}

/** The box in sight; where nothing may be written, what may be sent instead. */
function placeToWrite(boxes: HTMLElement | null): HTMLElement | undefined {
  const all = Array.from(boxes?.querySelectorAll<HTMLElement>('textarea, footer button') ?? []).filter((each) => each.checkVisibility())
  return all.find((each) => each instanceof HTMLTextAreaElement) ?? all.at(-1)
}

interface ButtonProps {
  mode: Mode
  current: Mode
  onChoose: (mode: Mode) => void
  children: ReactNode
}

function ModeButton({ mode, current, onChoose, children }: ButtonProps) {
  const isOn = mode === current
  const marks = useKeyMarks(mode)
  const hint = useHint(mode, mode === 'reply' ? t('Reply') : t('Note'))
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-keyshortcuts={marks['aria-keyshortcuts']}
      title={hint}
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
