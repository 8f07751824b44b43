/** The second step: which number, for which business; with a PIN if the number is not in use yet. */
import { TriangleAlert } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Business } from '@/shared/api/types'
import { list } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Empty } from '@/shared/ui/notice'
import { Select } from '@/shared/ui/select'
import { Panel } from '../detail/panel'
import { idOf, useConnect, type Connected, type Found } from './api'
import { NumberChoice } from './number-choice'

interface Props {
  found: Found
  businesses: Business[]
  businessId: string | undefined
  onBack: () => void
  onConnected: (connected: Connected) => void
}

const PIN_DIGITS = 6

export function NumberStep({ found, businesses, businessId, onBack, onConnected }: Props) {
  const all = found.accounts.flatMap(({ channels }) => channels)
  const [chosenId, setChosenId] = useState(() => (all[0] === undefined ? null : idOf(all[0])))
  const [business, setBusiness] = useState(() => firstOf(businessId, businesses))
  const [pin, setPin] = useState('')
  const connect = useConnect()
  const chosen = all.find((each) => idOf(each) === chosenId)

  if (all.length === 0) return <NoNumber onBack={onBack} />

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (chosen === undefined) return
    const choice = { ticket: found.ticket, business_id: business, external_ids: chosen.external_ids }
    connect.mutate(pin === '' ? choice : { ...choice, pin }, { onSuccess: onConnected })
  }

  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-5">
      <Lacking scopes={found.lacking_scopes} />
      <Panel title={t('Number')}>
        <NumberChoice accounts={found.accounts} chosenId={chosenId} onChoose={setChosenId} />
      </Panel>
      <Panel title={t('Business')} about={t('Whose people answer what is written to it.')}>
        <Select label={t('Business')} value={business} options={businesses.map(({ id, name }) => [id, name])} onChange={setBusiness} />
      </Panel>
      {chosen !== undefined && chosen.needs_registering && <Pin pin={pin} onChange={setPin} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="main" type="submit" className="h-10" disabled={connect.isPending || business === ''}>
          {connect.isPending ? t('Connecting…') : t('Connect')}
        </Button>
        <Button look="quiet" onClick={onBack} className="h-10">
          {t('Back')}
        </Button>
        {connect.error !== null && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(connect.error)}
          </p>
        )}
      </div>
    </form>
  )
}

const firstOf = (businessId: string | undefined, businesses: Business[]) => businessId ?? businesses[0]?.id ?? ''

function NoNumber({ onBack }: { onBack: () => void }) {
  return (
    <Panel title={t('No number found')}>
      <Empty title={t('This access opens no number')}>{t("Give it a WhatsApp account with a number in Meta's Business Settings.")}</Empty>
      <Button onClick={onBack}>{t('Back')}</Button>
    </Panel>
  )
}

function Pin({ pin, onChange }: { pin: string; onChange: (pin: string) => void }) {
  return (
    <Panel title={t('PIN')} about={t('The number is not in use yet. It is taken into use with a PIN: the one it has, or a new one.')}>
      <div className="w-40">
        <Field
          label={t('Six digits')}
          dir="ltr"
          inputMode="numeric"
          required
          pattern="\d{6}"
          title={t('Six digits')}
          value={pin}
          onChange={(value) => onChange(value.replaceAll(/\D/g, '').slice(0, PIN_DIGITS))}
        />
      </div>
    </Panel>
  )
}

function Lacking({ scopes }: { scopes: string[] }) {
  if (scopes.length === 0) return null
  return (
    <p role="alert" className="flex items-start gap-2 rounded-xl bg-lamp-soft px-4 py-3 text-sm text-lamp-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{t('This access lacks permissions: {scopes}. Without them the number will not work.', { scopes: list(scopes) })}</span>
    </p>
  )
}
