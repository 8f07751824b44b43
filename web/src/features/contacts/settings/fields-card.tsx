/** What a business wants to know of people beside what everybody does. */
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/notice'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { attributesQuery, type Attribute } from '../api'
import { usesQuery, useRemoveField } from './api'
import { FieldDialog, typeName } from './field-dialog'
import { RemoveDialog } from './remove-dialog'
import { RowMenu } from './row-menu'

interface Props {
  businessId: string
  mayWrite: boolean
}

export function FieldsCard({ businessId, mayWrite }: Props) {
  const query = useQuery(attributesQuery(businessId))
  const uses = useQuery(usesQuery(businessId)).data
  const [adding, setAdding] = useState(false)
  const fields = query.data?.data ?? []
  return (
    <Card title={t('Fields')} about={t('On every contact’s page; filtered by, imported and exported like the others.')}>
      <Part query={query} what={t('the fields')}>
        {() =>
          fields.length === 0 ? (
            <Empty title={t('No fields of your own yet')}>{t('A field keeps one thing of everybody: shoe size, class, date of the contract.')}</Empty>
          ) : (
            <ul aria-label={t('Fields')} className="divide-y divide-line">
              {fields.map((field) => (
                <Row key={field.key} field={field} count={uses?.[field.key] ?? 0} mayWrite={mayWrite} />
              ))}
            </ul>
          )
        }
      </Part>
      {mayWrite && (
        <Button className="mt-3" onClick={() => setAdding(true)}>
          <Plus aria-hidden className="size-4" />
          {t('Add a field')}
        </Button>
      )}
      {adding && <FieldDialog businessId={businessId} field={null} taken={fields.map(({ key }) => key)} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Row({ field, count, mayWrite }: { field: Attribute; count: number; mayWrite: boolean }) {
  const [open, setOpen] = useState<'change' | 'remove' | null>(null)
  const close = () => setOpen(null)
  return (
    <li className="flex items-center gap-3 py-2">
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{field.name}</bdi>
        <span className="block truncate text-xs text-soft">
          {field.type === 'choice' ? t('{type}: {choices}', { type: typeName(field.type), choices: field.choices.join(', ') }) : typeName(field.type)}
        </span>
      </span>
      <span className="text-end text-xs text-soft tabular-nums">
        {count > 0 ? t('{count, plural, one {# person} other {# people}}', { count }) : t('not used')}
      </span>
      {mayWrite && (
        <RowMenu
          name={field.name}
          entries={[
            { label: t('Change'), icon: Pencil, onSelect: () => setOpen('change') },
            { label: t('Delete'), icon: Trash2, danger: true, onSelect: () => setOpen('remove') },
          ]}
        />
      )}
      {open === 'change' && <FieldDialog businessId={field.business_id} field={field} taken={[]} onClose={close} />}
      {open === 'remove' && <RemoveField field={field} count={count} onClose={close} />}
    </li>
  )
}

function RemoveField({ field, count, onClose }: { field: Attribute; count: number; onClose: () => void }) {
  const remove = useRemoveField(field.business_id, field.key)
  return (
    <RemoveDialog title={t('Delete the field {name}?', { name: field.name })} remove={remove} onClose={onClose}>
      {t('{count, plural, =0 {Nobody has a value of it.} one {What is known of # person is deleted with it.} other {What is known of # people is deleted with it.}} This cannot be undone.', { count })}
    </RemoveDialog>
  )
}
