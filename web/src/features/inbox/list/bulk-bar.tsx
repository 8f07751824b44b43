/** What is done to all picked conversations at once. */
import { Check, Tag, UserRoundPlus, X } from 'lucide-react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useShortcut } from '@/shared/keys/live'
import { useHint, useKeyMarks } from '@/shared/keys/shown'
import { IconButton } from '@/shared/ui/button'
import { toastUndo } from '@/shared/ui/toast'
import { AssigneePicker } from '../teamwork/assignee-picker'
import { useMark } from '../teamwork/mutations'
import { TagPicker } from '../teamwork/tag-picker'

const BUTTON = 'inline-grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink'

export default function BulkBar({ picked, onClear }: { picked: Conversation[]; onClear: () => void }) {
  const ids = picked.map(({ id }) => id)
  const mark = useMark(ids)
  useShortcut('back', () => {
    if (document.activeElement?.matches('textarea, input:not([type=checkbox])') === true) return false
    onClear()
    return true
  })
  const tagMarks = useKeyMarks('tag')
  const resolveMarks = useKeyMarks('resolve')
  const resolveWords = useHint('resolve', t('Resolve selected'))
  const businessId = onlyOne(picked.map((each) => each.business_id))
  const resolve = () => {
    mark.mutate('resolved')
    toastUndo(t('{count, plural, one {# resolved} other {# resolved}}', { count: ids.length }), () => mark.mutate('reopened'))
    onClear()
  }
  return (
    <div role="toolbar" aria-label={t('Selected conversations')} className="flex items-center gap-1 border-t border-line bg-raised px-3 py-2 shadow-raised">
      <span className="me-auto text-sm font-medium">{t('{count} selected', { count: ids.length })}</span>
      {businessId !== undefined && (
        <>
          <AssigneePicker
            conversationIds={ids}
            businessId={businessId}
            assignee={null}
            teamId={null}
            face={<UserRoundPlus aria-hidden className="size-4.5" />}
            className={BUTTON}
          />
          <TagPicker
            conversationIds={ids}
            businessId={businessId}
            chosen={inAll(picked)}
            face={<Tag aria-hidden className="size-4.5" />}
            className={BUTTON}
            buttonProps={tagMarks}
          />
        </>
      )}
      <IconButton label={t('Resolve selected')} title={resolveWords} {...resolveMarks} onClick={resolve}>
        <Check aria-hidden className="size-4.5" />
      </IconButton>
      <IconButton label={t('Clear the selection')} onClick={onClear}>
        <X aria-hidden className="size-4.5" />
      </IconButton>
    </div>
  )
}

/** The business of all of them; its people and tags are offered. */
function onlyOne(ids: string[]): string | undefined {
  return new Set(ids).size === 1 ? ids[0] : undefined
}

/** Ids of the tags that every one of them has. */
function inAll(picked: Conversation[]): string[] {
  const [first, ...rest] = picked.map(({ tags }) => new Set(tags.map(({ id }) => id)))
  return [...(first ?? [])].filter((id) => rest.every((tags) => tags.has(id)))
}
