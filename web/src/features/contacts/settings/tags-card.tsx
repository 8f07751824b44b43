/** The tags of a business: made, coloured, renamed, two made one, taken away. */
import { useQuery } from '@tanstack/react-query'
import { Merge, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/notice'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { TagMark } from '@/shared/ui/tag'
import { tagsQuery } from '../api'
import { useRemoveTag, type Tag } from './api'
import { MergeTag } from './merge-tag'
import { RemoveDialog } from './remove-dialog'
import { RowMenu } from './row-menu'
import { TagDialog } from './tag-dialog'

interface Props {
  businessId: string
  mayWrite: boolean
}

export function TagsCard({ businessId, mayWrite }: Props) {
  const query = useQuery(tagsQuery)
  const [adding, setAdding] = useState(false)
  return (
    <Card title={t('Tags')} about={t('One list for people and for conversations.')}>
      <Part query={query} what={t('the tags')}>
        {({ data }) => {
          const tags = data.filter((each) => each.business_id === businessId)
          return tags.length === 0 ? (
            <Empty title={t('No tags yet')}>{t('A tag groups people: regulars, wholesale, waiting for a call.')}</Empty>
          ) : (
            <ul aria-label={t('Tags')} className="divide-y divide-line">
              {tags.map((tag) => (
                <Row key={tag.id} tag={tag} tags={tags} mayWrite={mayWrite} />
              ))}
            </ul>
          )
        }}
      </Part>
      {mayWrite && (
        <Button className="mt-3" onClick={() => setAdding(true)}>
          <Plus aria-hidden className="size-4" />
          {t('Add a tag')}
        </Button>
      )}
      {adding && <TagDialog businessId={businessId} tag={null} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Row({ tag, tags, mayWrite }: { tag: Tag; tags: Tag[]; mayWrite: boolean }) {
  const [open, setOpen] = useState<'change' | 'merge' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const others = tags.filter(({ id }) => id !== tag.id)
  return (
    <li className="flex items-center gap-3 py-2">
      <span className="min-w-0 flex-1">
        <TagMark tag={tag} />
      </span>
      <span className="text-end text-xs text-soft tabular-nums">{useWords(tag)}</span>
      {mayWrite && (
        <RowMenu
          name={tag.name}
          entries={[
            { label: t('Change'), icon: Pencil, onSelect: () => setOpen('change') },
            ...(others.length > 0 ? [{ label: t('Merge into another'), icon: Merge, onSelect: () => setOpen('merge') }] : []),
            { label: t('Delete'), icon: Trash2, danger: true, onSelect: () => setOpen('remove') },
          ]}
        />
      )}
      {open === 'change' && <TagDialog businessId={tag.business_id} tag={tag} onClose={close} />}
      {open === 'merge' && <MergeTag tag={tag} others={others} onClose={close} />}
      {open === 'remove' && <RemoveTag tag={tag} onClose={close} />}
    </li>
  )
}

function useWords({ contact_count: people, conversation_count: talks }: Tag): string {
  const parts = [
    people > 0 && t('{count, plural, one {# person} other {# people}}', { count: people }),
    talks > 0 && t('{count, plural, one {# conversation} other {# conversations}}', { count: talks }),
  ].filter(Boolean)
  return parts.length === 0 ? t('not used') : parts.join(' · ')
}

function RemoveTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const remove = useRemoveTag(tag.id)
  const words = useWords(tag)
  return (
    <RemoveDialog title={t('Delete the tag {name}?', { name: tag.name })} remove={remove} onClose={onClose}>
      {t('It is taken off everything that has it: {uses}. This cannot be undone.', { uses: words })}
    </RemoveDialog>
  )
}
