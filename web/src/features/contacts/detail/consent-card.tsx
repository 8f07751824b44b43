/** What a person allowed or stopped, each with what proves it. */
import { useQuery } from '@tanstack/react-query'
import { Check, Plus, ShieldAlert, X } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { purposeName, methodName } from '@/shared/lib/person-words'
import { useMay } from '@/shared/session/me'
import { Button, IconButton } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Part } from '@/shared/ui/part'
import { Select } from '@/shared/ui/select'
import { consentsQuery, useRecordConsent, type Consent, type ConsentIn, type Contact } from '../api'
import { Card } from './card'

export function ConsentCard({ contact }: { contact: Contact }) {
  const mayWrite = useMay('contacts:write', contact.business_id) && contact.merged_into === null
  const query = useQuery(consentsQuery(contact.id))
  const [asking, setAsking] = useState(false)
  const tool = mayWrite && (
    <IconButton label={t('Record consent')} onClick={() => setAsking(true)}>
      <Plus aria-hidden className="size-4" />
    </IconButton>
  )
  return (
    <Card title={t('Consent')} tool={tool}>
      <Part query={query} what={t('the consents')}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-sm text-soft">{t('They said neither yes nor no to anything.')}</p>
          ) : (
            <ol className="grid gap-3">
              {data.map((each) => (
                <Said key={each.id} consent={each} />
              ))}
            </ol>
          )
        }
      </Part>
      {asking && <NewConsent contact={contact} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function Said({ consent }: { consent: Consent }) {
  const Mark = consent.granted ? Check : X
  return (
    <li className="flex gap-2.5 text-sm">
      <span className={consent.granted ? 'text-good-ink' : 'text-bad-ink'}>
        <Mark aria-hidden className="mt-0.5 size-4" />
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          {consent.granted ? t('{purpose}: yes', { purpose: purposeName(consent.purpose) }) : t('{purpose}: no', { purpose: purposeName(consent.purpose) })}
        </p>
        <p className="text-xs text-soft">
          {exactTime(consent.at)} · {methodName(consent.method)}
          {consent.by !== null && ` · ${consent.by}`}
          {consent.channel_kind !== null && ` · ${consent.channel_kind}`}
        </p>
        {consent.wording !== null && (
          <p className="text-xs text-soft" dir="auto">
            “{consent.wording}”
          </p>
        )}
        {!consent.is_intact && (
          <p className="mt-1 flex items-center gap-1 text-xs font-medium text-bad-ink">
            <ShieldAlert aria-hidden className="size-3.5" />
            {t('This record was changed after it was written.')}
          </p>
        )}
      </div>
    </li>
  )
}

function NewConsent({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const [purpose, setPurpose] = useState<ConsentIn['purpose']>('marketing')
  const [method, setMethod] = useState<ConsentIn['method']>('form')
  const [granted, setGranted] = useState(true)
  const [wording, setWording] = useState('')
  const record = useRecordConsent(contact.id)
  const purposes: ConsentIn['purpose'][] = ['marketing', 'utility', 'profiling', 'service']
  const methods: ConsentIn['method'][] = ['form', 'spoken', 'paper']
  function submit(event: SubmitEvent) {
    event.preventDefault()
    record.mutate({ purpose, method, granted, wording: wording.trim() || null }, { onSuccess: onClose })
  }
  return (
    <Dialog title={t('Record consent')} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-4 overflow-y-auto p-5 two:grid-cols-2">
          <Select label={t('For')} value={purpose} options={purposes.map((each) => [each, purposeName(each)])} onChange={(each) => setPurpose(purposes.find((known) => known === each) ?? 'marketing')} />
          <Select label={t('They said')} value={granted ? 'yes' : 'no'} options={[['yes', t('Yes')], ['no', t('No')]]} onChange={(each) => setGranted(each === 'yes')} />
          <Select label={t('How they said it')} value={method} options={methods.map((each) => [each, methodName(each)])} onChange={(each) => setMethod(methods.find((known) => known === each) ?? 'form')} />
          <Field label={t('What they were asked')} value={wording} max={500} onChange={setWording} placeholder={t('Offers by WhatsApp, version 3')} />
        </div>
        {record.error !== null && (
          <p role="alert" className="px-5 pb-3 text-sm text-bad-ink">
            {wordsFor(record.error)}
          </p>
        )}
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={record.isPending}>
            {t('Record')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
