/** The reactions that hang on a message. */
import { use } from 'react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import type { Reaction } from '../extras'
import { ThreadContext } from './thread-actions'

export function Reactions({ message, reactions }: { message: Message; reactions: Reaction[] }) {
  const { react } = use(ThreadContext)
  if (reactions.length === 0) return null
  const look = 'grid h-6.5 min-w-8 place-items-center rounded-full border border-line bg-raised px-1.5 text-sm shadow-raised/40'
  return (
    <ul aria-label={t('Reactions')} className="z-10 -mt-1.5 mb-1 flex gap-1 px-2">
      {reactions.map(({ emoji, by_us }) => (
        <li key={`${by_us} ${emoji}`}>
          {by_us && react !== null ? (
            <button
              type="button"
              aria-label={t('{emoji} from us, take it back', { emoji })}
              title={t('Take it back')}
              onClick={() => react(message, null)}
              className={`${look} border-accent`}
            >
              {emoji}
            </button>
          ) : (
            <span role="img" aria-label={by_us ? t('{emoji} from us', { emoji }) : t('{emoji} from them', { emoji })} className={look}>
              {emoji}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
