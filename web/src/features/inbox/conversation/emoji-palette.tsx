/** The reactions people use most; the rest can be typed into a message. */
import { use } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { ClosePopover } from '@/shared/ui/popover'

const EMOJIS: [string, () => string][] = [
  ['👍', () => t('Thumbs up')],
  ['❤️', () => t('Heart')],
  ['😂', () => t('Laughing')],
  ['😮', () => t('Surprised')],
  ['😢', () => t('Sad')],
  ['🙏', () => t('Thank you')],
  ['🎉', () => t('Celebrate')],
  ['✅', () => t('Done')],
  ['👏', () => t('Applause')],
  ['🔥', () => t('Great')],
  ['👀', () => t('Looking')],
  ['💐', () => t('Flowers')],
]

interface Props {
  /** Ours now; choosing it again takes it back. */
  chosen?: string | null
  onChoose: (emoji: string) => void
}

export function EmojiPalette({ chosen = null, onChoose }: Props) {
  const close = use(ClosePopover)
  return (
    <div className="grid w-max grid-cols-6 gap-0.5 p-1.5">
      {EMOJIS.map(([emoji, name], index) => (
        <button
          key={emoji}
          type="button"
          autoFocus={index === 0}
          aria-label={name()}
          aria-pressed={emoji === chosen}
          title={name()}
          onClick={() => {
            close()
            onChoose(emoji)
          }}
          className={cx('grid size-9 place-items-center rounded-lg text-xl hover:bg-sunken', emoji === chosen && 'bg-accent-soft')}
        >
          {emoji}
        </button>
      ))}
    </div>
  )
}
