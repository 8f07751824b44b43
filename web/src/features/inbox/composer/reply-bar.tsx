/** Over the reply box: which message is being answered. */
import { Reply, X } from 'lucide-react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { IconButton } from '@/shared/ui/button'
import { authorWords, textOf } from '../words'

export function ReplyBar({ message, onDrop }: { message: Message; onDrop: () => void }) {
  return (
    <div role="status" className="mb-2 flex items-center gap-2.5 rounded-xl border-s-[3px] border-accent bg-sunken py-1 ps-3 pe-1 text-sm">
      <Reply aria-hidden className="size-4 shrink-0 text-accent rtl:-scale-x-100" />
      <p className="min-w-0 flex-1">
        <span className="block text-2xs font-semibold text-soft">{t('Answering: {author}', { author: authorWords(message.author_kind) })}</span>
        <span dir="auto" className="block truncate">
          {textOf(message.content)}
        </span>
      </p>
      <IconButton label={t('Do not quote it')} onClick={onDrop}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
