/** Everything that a person is known by: numbers, addresses and ids, of all channels. */
import { BadgeCheck, Copy, Ellipsis, Plus } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { identityName } from '@/shared/lib/person-words'
import { useMay } from '@/shared/session/me'
import { Button, IconButton } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Menu, type MenuEntry } from '@/shared/ui/menu'
import { Select } from '@/shared/ui/select'
import { toast } from '@/shared/ui/toast'
import { useAddIdentity, useRemoveIdentity, useVerify, type Contact, type Identity, type IdentityType } from '../api'
import { Card } from './card'

const TYPES: IdentityType[] = ['phone', 'email', 'username', 'wa_user_id', 'ig_user_id', 'page_user_id', 'external_id']

export function IdentitiesCard({ contact }: { contact: Contact }) {
  const mayWrite = useMay('contacts:write', contact.business_id) && contact.merged_into === null
  const [adding, setAdding] = useState(false)
  const add = mayWrite && (
    <IconButton label={t('Add a number or address')} onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <Card title={t('Known by')} tool={add}>
      <ul className="grid gap-2.5">
        {contact.identities.map((each) => (
          <Known key={each.id} contact={contact} identity={each} mayWrite={mayWrite} />
        ))}
      </ul>
      {adding && <NewIdentity contact={contact} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function Known({ contact, identity, mayWrite }: { contact: Contact; identity: Identity; mayWrite: boolean }) {
  const isSure = identity.from_channel || identity.verified_at !== null
  return (
    <li className="flex items-center gap-2">
      <div className="min-w-0 flex-1">
        <p className="text-2xs font-medium text-faint">{identityName(identity.type)}</p>
        <p className="flex items-center gap-1.5 text-sm">
          <span className="truncate tabular-nums" dir="ltr">
            {identity.value}
          </span>
          {isSure && <BadgeCheck aria-label={identity.from_channel ? t('The channel says so') : t('Somebody made sure')} role="img" className="size-3.5 shrink-0 text-good-ink" />}
        </p>
      </div>
      <Tools contact={contact} identity={identity} mayWrite={mayWrite} />
    </li>
  )
}

function Tools({ contact, identity, mayWrite }: { contact: Contact; identity: Identity; mayWrite: boolean }) {
  const remove = useRemoveIdentity(contact.id)
  const verify = useVerify(contact.id)
  const isVerified = identity.verified_at !== null
  const entries: MenuEntry[] = [
    { label: t('Copy'), icon: Copy, onSelect: () => void navigator.clipboard.writeText(identity.value) },
  ]
  if (mayWrite && !identity.from_channel) {
    entries.push({
      label: isVerified ? t('Not sure any more') : t('I made sure that it is theirs'),
      onSelect: () => verify.mutate({ identity: identity.id, verified: !isVerified }),
    })
  }
  if (mayWrite && contact.identities.length > 1) {
    entries.push({
      label: t('Not theirs any more'),
      danger: true,
      onSelect: () => remove.mutate(identity.id, { onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }) }),
    })
  }
  return (
    <Menu
      label={identity.value}
      entries={entries}
      align="end"
      face={<Ellipsis aria-hidden className="size-4" />}
      buttonProps={{
        'aria-label': t('More about {value}', { value: identity.value }),
        className: 'grid size-8 place-items-center rounded-lg text-faint hover:bg-sunken hover:text-ink',
      }}
    />
  )
}

function NewIdentity({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const [type, setType] = useState<IdentityType>('phone')
  const [value, setValue] = useState('')
  const add = useAddIdentity(contact.id)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    add.mutate({ type, value: value.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog title={t('Add a number or address')} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-4 p-5 two:grid-cols-[12rem_1fr]">
          <Select
            label={t('What it is')}
            value={type}
            options={TYPES.map((each) => [each, identityName(each)])}
            onChange={(each) => setType(TYPES.find((known) => known === each) ?? 'phone')}
          />
          <Field label={identityName(type)} dir="ltr" autoFocus value={value} onChange={setValue} problem={add.error === null ? null : wordsFor(add.error)} />
        </div>
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={add.isPending} disabled={value.trim() === ''}>
            {t('Add')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
