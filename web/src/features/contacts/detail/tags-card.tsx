/** A person's tags, put on and taken off with one press. */
import { useQuery } from '@tanstack/react-query'
import { Check, Plus } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Menu } from '@/shared/ui/menu'
import { tagsQuery, useTag, type Contact } from '../api'
import { TagMark } from '@/shared/ui/tag'
import { Card } from './card'

export function TagsCard({ contact }: { contact: Contact }) {
  const mayWrite = useMay('contacts:write', contact.business_id) && contact.merged_into === null
  const tag = useTag(contact.id)
  return (
    <Card title={t('Tags')} tool={mayWrite && <AddTag contact={contact} />}>
      {contact.tags.length === 0 && <p className="text-sm text-soft">{t('No tags yet')}</p>}
      <ul className="flex flex-wrap gap-1.5">
        {contact.tags.map((each) => (
          <li key={each.id}>
            <TagMark tag={each} onRemove={mayWrite ? () => tag.mutate({ tag: each.id, on: false }) : undefined} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function AddTag({ contact }: { contact: Contact }) {
  const all = useQuery(tagsQuery).data?.data ?? []
  const tag = useTag(contact.id)
  const ours = all.filter((each) => each.business_id === contact.business_id)
  const has = (id: string) => contact.tags.some((each) => each.id === id)
  if (ours.length === 0) return null
  return (
    <Menu
      label={t('Tags')}
      align="end"
      entries={ours.map((each) => ({
        label: each.name,
        checked: has(each.id),
        ...(has(each.id) && { icon: Check }),
        onSelect: () => tag.mutate({ tag: each.id, on: !has(each.id) }),
      }))}
      face={<Plus aria-hidden className="size-4" />}
      buttonProps={{
        'aria-label': t('Add a tag'),
        className: 'grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink',
      }}
    />
  )
}
