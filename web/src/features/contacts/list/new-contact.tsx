/** Adds a person by what they are known by. */
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { useAddContact } from '../api'

interface Props {
  businesses: Business[]
  selected: string | undefined
  onClose: () => void
}

export function NewContact({ businesses, selected, onClose }: Props) {
  const [business, setBusiness] = useState(selected ?? businesses[0]?.id ?? '')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [email, setEmail] = useState('')
  const [company, setCompany] = useState('')
  const add = useAddContact()
  const navigate = useNavigate()

  function submit(event: SubmitEvent) {
    event.preventDefault()
    add.mutate(
      {
        business_id: business,
        name: name.trim() || null,
        company: company.trim() || null,
        phone: phone.trim() || null,
        identities: email.trim() === '' ? [] : [{ type: 'email', value: email.trim() }],
      },
      { onSuccess: ({ id }) => void navigate({ to: '/contacts/$contactId', params: { contactId: id } }) },
    )
  }

  return (
    <Dialog title={t('Add a contact')} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-4 overflow-y-auto p-5 two:grid-cols-2">
          <Field label={t('Name')} autoFocus value={name} max={200} onChange={setName} />
          <Field label={t('Phone')} type="tel" dir="ltr" value={phone} onChange={setPhone} placeholder="+1 555 010 0123" hint={t('With the code of its country.')} />
          <Field label={t('E-mail')} type="email" dir="ltr" value={email} onChange={setEmail} />
          <Field label={t('Company')} value={company} max={200} onChange={setCompany} />
          {businesses.length > 1 && (
            <Select label={t('Business')} value={business} options={businesses.map((each) => [each.id, each.name])} onChange={setBusiness} />
          )}
        </div>
        {add.error !== null && (
          <p role="alert" className="px-5 pb-3 text-sm text-bad-ink">
            {wordsFor(add.error)}
          </p>
        )}
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={add.isPending} disabled={phone.trim() === '' && email.trim() === ''}>
            {t('Add')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
