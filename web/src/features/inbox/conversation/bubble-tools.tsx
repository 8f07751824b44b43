/** Beside a bubble, when it is pointed at or its details are open: react and answer. */
import { Reply, SmilePlus } from 'lucide-react'
import { use } from 'react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Popover } from '@/shared/ui/popover'
import { EmojiPalette } from './emoji-palette'
import { ThreadContext } from './thread-actions'

const TOOL = 'grid size-8 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink'

export function BubbleTools({ message, open }: { message: Message; open: boolean }) {
  const { reply, react } = use(ThreadContext)
  const ours = message.reactions?.find(({ by_us }) => by_us)?.emoji ?? null
  // Tab goes to the details first; once they are open, here.
  const tabIndex = open ? 0 : -1
  return (
    <div
      className={cx(
        'flex shrink-0 gap-0.5 transition-opacity focus-within:opacity-100',
        open ? 'opacity-100' : 'opacity-0 group-hover:opacity-100 max-two:hidden pointer-coarse:pointer-events-none',
        message.direction === 'out' && 'flex-row-reverse',
      )}
    >
      {react !== null && (
        <Popover
          label={t('React')}
          align={message.direction === 'in' ? 'start' : 'end'}
          face={<SmilePlus aria-hidden className="size-4" />}
          buttonProps={{ 'aria-label': t('React'), title: t('React'), tabIndex, className: TOOL }}
        >
          <EmojiPalette chosen={ours} onChoose={(emoji) => react(message, emoji === ours ? null : emoji)} />
        </Popover>
      )}
      {reply !== null && (
        <button
          type="button"
          aria-label={t('Reply to this message')}
          title={t('Reply to this message')}
          tabIndex={tabIndex}
          onClick={() => reply(message)}
          className={TOOL}
        >
          <Reply aria-hidden className="size-4 rtl:-scale-x-100" />
        </button>
      )}
    </div>
  )
}
