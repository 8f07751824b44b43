/** A new field, or another name and choices for one. Its type stays, for there are values of it. */
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import type { Attribute } from '../api'
import { usePutField } from './api'
import { keyFrom } from './key-from'

interface Props {
  businessId: string
  /** `null`: a new one. */
  field: Attribute | null
  /** Keys that the business has. */
  taken: string[]
  onClose: () => void
}

type Type = Attribute['type']
const TYPES: Type[] = ['text', 'number', 'date', 'choice', 'boolean']

interface Draft {
  name: string
  type: Type
  /** Of type choice: one on each line. */
  lines: string
}

const EMPTY: Draft = { name: '', type: 'text', lines: '' }

export function FieldDialog({ businessId, field, taken, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(field === null ? EMPTY : { name: field.name, type: field.type, lines: field.choices.join('\n') })
  const put = usePutField(businessId)
  const choices = choicesIn(draft)
  const isReady = draft.name.trim() !== '' && (draft.type !== 'choice' || choices.length > 0)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const key = field?.key ?? keyFrom(draft.name, taken)
    put.mutate({ key, body: { name: draft.name.trim(), type: draft.type, choices } }, { onSuccess: onClose })
  }
  return (
    <Dialog title={field === null ? t('Add a field') : t('Change the field')} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <Boxes draft={draft} isNew={field === null} problem={put.error} onChange={setDraft} />
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={put.isPending} disabled={!isReady}>
            {field === null ? t('Add') : t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

const choicesIn = ({ type, lines }: Draft): string[] =>
  type === 'choice' ? lines.split('\n').map((each) => each.trim()).filter(Boolean) : []

interface BoxesProps {
  draft: Draft
  isNew: boolean
  problem: Error | null
  onChange: (draft: Draft) => void
}

function Boxes({ draft, isNew, problem, onChange }: BoxesProps) {
  return (
    <div className="grid gap-4 overflow-y-auto p-5">
      <Field label={t('Name')} value={draft.name} max={60} autoFocus onChange={(name) => onChange({ ...draft, name })} />
      <Select
        label={t('What it holds')}
        value={draft.type}
        disabled={!isNew}
        options={TYPES.map((each) => [each, typeName(each)])}
        hint={isNew ? undefined : t('Cannot change: there are values of it. Add another field instead.')}
        onChange={(next) => onChange({ ...draft, type: TYPES.find((each) => each === next) ?? 'text' })}
      />
      {draft.type === 'choice' && (
        <Field label={t('Choices, one on each line')} long value={draft.lines} onChange={(lines) => onChange({ ...draft, lines })} />
      )}
      {problem !== null && (
        <p role="alert" className="text-sm text-bad-ink">
          {wordsFor(problem)}
        </p>
      )}
    </div>
  )
}

export function typeName(type: Type): string {
  return { text: t('Text'), number: t('Number'), date: t('Date'), choice: t('One of a list'), boolean: t('Yes or no') }[type]
}
