/** The buttons around the box. */
import { CalendarClock, MessageSquareText, Mic, SendHorizontal, Smile } from 'lucide-react'
import { use, type Ref } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { ClosePopover, Popover } from '@/shared/ui/popover'
import { EmojiPalette } from '../conversation/emoji-palette'
import { PlusMenu, type Extra } from './plus-menu'

interface StartProps {
  allowed: readonly string[]
  onChoose: (extra: Extra) => void
  onTemplate: () => void
}

export function EditorStart({ allowed, onChoose, onTemplate }: StartProps) {
  return (
    <>
      {allowed.includes('document') && (
        <PlusMenu offers={(extra) => allowed.includes(extra === 'file' ? 'document' : extra)} onChoose={onChoose} />
      )}
      <IconButton label={t('Send a template')} onClick={onTemplate}>
        <MessageSquareText aria-hidden className="size-4.5" />
      </IconButton>
    </>
  )
}

interface Props {
  /** Nothing is written yet, so a voice message is offered. */
  records: boolean
  isReady: boolean
  onRecord: () => void
  onSubmit: () => void
  onEmoji: (emoji: string) => void
  /** null: what is there cannot be said later. */
  onLater: (() => void) | null
}

export function EditorButtons({ records, isReady, onRecord, onSubmit, onEmoji, onLater }: Props) {
  return (
    <>
      <Popover
        label={t('Emoji')}
        align="end"
        side="top"
        face={<Smile aria-hidden className="size-4.5" />}
        buttonProps={{
          'aria-label': t('Emoji'),
          title: t('Emoji'),
          className:
            'hidden size-9 shrink-0 place-items-center rounded-lg text-soft transition-colors hover:bg-sunken hover:text-ink wide:inline-grid',
        }}
      >
        <Emojis onEmoji={onEmoji} />
      </Popover>
      {onLater !== null && (
        <IconButton label={t('Send later')} onClick={onLater}>
          <CalendarClock aria-hidden className="size-4.5" />
        </IconButton>
      )}
      {records ? (
        <IconButton label={t('Record a voice message')} onClick={onRecord}>
          <Mic aria-hidden className="size-4.5" />
        </IconButton>
      ) : (
        <Button look="main" aria-label={t('Send')} disabled={!isReady} onClick={onSubmit} className="size-9 px-0">
          <SendHorizontal aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </Button>
      )}
    </>
  )
}

function Emojis({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const close = use(ClosePopover)
  return (
    <EmojiPalette
      chosen={null}
      onChoose={(emoji) => {
        close()
        onEmoji(emoji)
      }}
    />
  )
}

interface FilePickerProps {
  ref: Ref<HTMLInputElement>
  onFiles: (files: Iterable<File>) => void
}

/** The browser's own; unseen, opened by the menu. */
export function FilePicker({ ref, onFiles }: FilePickerProps) {
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
