/** The box itself: grows with what is written, takes files, and knows which key sends. */
import type { ClipboardEvent, KeyboardEvent, Ref } from 'react'
import { t } from '@/shared/i18n/t'
import type { Slash } from './use-slash'

/** Of a text. Source: WhatsApp Cloud API, "Text messages". */
export const LONGEST = 4096
const NEARLY = 0.9

interface Props {
  ref: Ref<HTMLTextAreaElement>
  text: string
  enterSends: boolean
  onWrite: (text: string) => void
  onSubmit: () => void
  /** null: files may not be sent. */
  onFiles: ((files: Iterable<File>) => void) | null
  /** The list that is open over the box: it takes its keys first. */
  slash: Slash | null
}

export function TextBox({ ref, text, enterSends, onWrite, onSubmit, onFiles, slash }: Props) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (slash?.onKey(event.key) === true) {
      event.preventDefault()
      return
    }
    if (event.key !== 'Enter' || event.shiftKey) return
    const held = event.ctrlKey || event.metaKey
    if (!enterSends && !held) return
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
      role={slash === null ? undefined : 'combobox'}
      aria-label={t('Reply')}
      aria-expanded={slash === null ? undefined : true}
      aria-controls={slash?.listId}
      aria-activedescendant={activeOf(slash)}
      placeholder={t('Write a reply, or /')}
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

const activeOf = (slash: Slash | null) =>
  slash === null || slash.found.length === 0 ? undefined : `${slash.listId}-${slash.index}`

/** How much fits still, once that is little. */
export function Limit({ text }: { text: string }) {
  const length = Array.from(text).length
  if (length < LONGEST * NEARLY) return null
  const left = LONGEST - length
  return (
    <p role="status" className={left < 0 ? 'px-2 text-2xs font-semibold text-bad-ink' : 'px-2 text-2xs text-soft'}>
      {left < 0
        ? t('{count, plural, one {# character} other {# characters}} too many', { count: -left })
        : t('{count, plural, one {# character} other {# characters}} left', { count: left })}
    </p>
  )
}
