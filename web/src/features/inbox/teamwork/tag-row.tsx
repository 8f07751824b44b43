/** The tags of the open conversation in one line, and at its end what changes them. */
import { Tag } from 'lucide-react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useKeyMarks } from '@/shared/keys/shown'
import { useMay } from '@/shared/session/me'
import { TagMark } from '@/shared/ui/tag'
import { TagPicker } from './tag-picker'

interface Props {
  conversation: Conversation
  /** All of them, in as many lines as they need. */
  whole?: boolean
}

const MOST = 3

export function TagRow({ conversation, whole = false }: Props) {
  const { id, business_id: businessId, tags } = conversation
  const mayAnswer = useMay('conversations:answer', businessId)
  const marks = useKeyMarks('tag')
  const shown = whole ? tags : tags.slice(0, MOST)
  const more = tags.length - shown.length
  if (tags.length === 0 && !mayAnswer) return null
  return (
    <span className={whole ? 'flex min-w-0 flex-wrap items-center gap-1' : 'flex min-w-0 items-center gap-1'}>
      {shown.map((tag) => (
        <TagMark key={tag.id} tag={tag} />
      ))}
      {mayAnswer ? (
        <TagPicker
          conversationIds={[id]}
          businessId={businessId}
          chosen={tags.map((tag) => tag.id)}
          face={<Face more={more} isFirst={tags.length === 0} />}
          className="inline-flex h-6 shrink-0 items-center gap-1 rounded-md border border-dashed border-line-strong px-1.5 text-2xs font-semibold text-soft hover:bg-sunken hover:text-ink pointer-coarse:h-8"
          buttonProps={{ ...(!whole && marks), 'aria-label': nameOf(more) }}
        />
      ) : (
        more > 0 && <span className="text-2xs text-faint">+{more}</span>
      )}
    </span>
  )
}

/** As the button reads, for those who speak to their machine. */
function nameOf(more: number): string {
  return more > 0 ? `${t('Tags')} +${more}` : t('Tags')
}

function Face({ more, isFirst }: { more: number; isFirst: boolean }) {
  return (
    <>
      <Tag aria-hidden className="size-3" />
      {more > 0 && <span className="tabular-nums">+{more}</span>}
      {isFirst && <span>{t('Tags')}</span>}
    </>
  )
}
