/** The message that this one answers; a press goes there. */
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'

interface Props {
  author: string
  text: string
  /** null: it is not in this conversation. */
  onJump: (() => void) | null
}

export function Quote({ author, text, onJump }: Props) {
  const look = 'inset-card mb-1.5 block w-full border-s-[3px] border-current/60 px-2.5 py-1.5 text-start text-sm'
  const words = (
    <>
      <span className="block text-2xs font-semibold opacity-85">{author}</span>
      <span dir="auto" className="line-clamp-2 break-words opacity-90">
        {text}
      </span>
    </>
  )
  if (onJump === null) return <div className={look}>{words}</div>
  return (
    <button type="button" onClick={onJump} className={cx(look, 'hover:brightness-95')}>
      <span className="sr-only">{t('Go to the message answered:')} </span>
      {words}
    </button>
  )
}
