/** What is written down about a person; nothing that somebody else wrote meanwhile is lost. */
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { toast } from '@/shared/ui/toast'
import { WhenField } from '@/shared/ui/when-field'
import { attributesQuery, useChangeContact, type Attribute, type Changes, type Contact } from '../api'
import { languageName } from '../list/filters'
import { Card } from './card'

type Draft = Record<'name' | 'company' | 'language' | 'time_zone' | 'birthday' | 'notes', string>
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'pt', 'tr', 'ur']

export function RecordCard({ contact }: { contact: Contact }) {
  const mayWrite = useMay('contacts:write', contact.business_id) && contact.merged_into === null
  const [draft, setDraft] = useState<Partial<Draft>>({})
  const [values, setValues] = useState<Record<string, string>>({})
  const attributes = useQuery(attributesQuery(contact.business_id)).data?.data ?? []
  const save = useChangeContact(contact)
  const isChanged = Object.keys(draft).length + Object.keys(values).length > 0
  const set = (name: keyof Draft) => (value: string) => setDraft({ ...draft, [name]: value })
  const get = (name: keyof Draft) => draft[name] ?? contact[name] ?? ''

  function forget() {
    setDraft({})
    setValues({})
    save.reset()
  }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const changes: Changes = Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value.trim() === '' && name !== 'notes' ? null : value]))
    if (Object.keys(values).length > 0) {
      changes.attributes = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === '' ? null : value]))
    }
    const done = () => {
      forget()
      toast({ text: t('Saved'), tone: 'good' })
    }
    save.mutate(changes, { onSuccess: done })
  }

  return (
    <Card title={t('Details')}>
      <form onSubmit={submit} className="grid grid-cols-1 gap-3">
        <Field label={t('Name')} value={get('name')} max={200} disabled={!mayWrite} onChange={set('name')} />
        <Field label={t('Company')} value={get('company')} max={200} disabled={!mayWrite} onChange={set('company')} />
        <div className="grid grid-cols-2 gap-3">
          <Select
            label={t('Language')}
            value={get('language')}
            disabled={!mayWrite}
            options={[['', t('Not known')], ...LANGUAGES.map((code): [string, string] => [code, languageName(code)])]}
            onChange={set('language')}
          />
          <WhenField kind="date" label={t('Birthday')} value={get('birthday')} disabled={!mayWrite} onChange={set('birthday')} />
        </div>
        {attributes.map((each) => (
          <Own key={each.key} attribute={each} disabled={!mayWrite} value={values[each.key] ?? String(contact.attributes[each.key] ?? '')} onChange={(value) => setValues({ ...values, [each.key]: value })} />
        ))}
        <Field label={t('Notes')} long value={get('notes')} max={10_000} disabled={!mayWrite} onChange={set('notes')} />
        {save.error !== null && <Trouble error={save.error} contact={contact} changed={Object.keys(draft) as (keyof Draft)[]} />}
        {isChanged && (
          <div className="flex justify-end gap-2">
            <Button look="quiet" onClick={forget}>
              {t('Undo')}
            </Button>
            <Button look="main" type="submit" busy={save.isPending}>
              {t('Save')}
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}

/** Of a change upon what somebody else changed: what it is now. What was written here stays, to be saved or let go. */
function Trouble({ error, contact, changed }: { error: Error; contact: Contact; changed: (keyof Draft)[] }) {
  const isConflict = error instanceof Problem && error.code === 'contact_changed'
  if (!isConflict) {
    return (
      <p role="alert" className="text-sm text-bad-ink">
        {wordsFor(error)}
      </p>
    )
  }
  return (
    <div role="alert" className="rounded-xl bg-lamp-soft px-3 py-2.5 text-sm text-lamp-ink">
      <p className="font-medium">{t('Somebody changed this contact meanwhile.')}</p>
      <ul>
        {changed.map((name) => (
          <li key={name} dir="auto">
            {t('It says now: {value}', { value: contact[name] ?? t('nothing') })}
          </li>
        ))}
      </ul>
      <p>{t('What you wrote is still here. Save again to keep it, or undo.')}</p>
    </div>
  )
}

interface OwnProps {
  attribute: Attribute
  value: string
  disabled: boolean
  onChange: (value: string) => void
}

/** A field that the business itself thought of. */
function Own({ attribute, value, disabled, onChange }: OwnProps) {
  const plain = { label: attribute.name, value, disabled, onChange }
  switch (attribute.type) {
    case 'choice':
      return <Select {...plain} options={[['', t('Not known')], ...attribute.choices.map((each): [string, string] => [each, each])]} />
    case 'boolean':
      return <Select {...plain} options={[['', t('Not known')], ['true', t('Yes')], ['false', t('No')]]} />
    case 'date':
      return <WhenField {...plain} kind="date" />
    case 'number':
      return <Field {...plain} inputMode="decimal" dir="ltr" />
    default:
      return <Field {...plain} />
  }
}
