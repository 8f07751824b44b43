/** Make a key: for what, what it may do, where, until when. */
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMe, type Permission } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Radios } from '@/shared/ui/radios'
import { Select } from '@/shared/ui/select'
import { useMakeKey, type MadeKey } from './api'
import { presets, scopeGroups, type Preset } from './scopes'

const DAY_MS = 86_400_000

export function NewKeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeKey) => void }) {
  const [name, setName] = useState('')
  const [preset, setPreset] = useState<Preset>('read')
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set())
  const [businesses, setBusinesses] = useState<ReadonlySet<string> | null>(null)
  const [days, setDays] = useState('')
  const make = useMakeKey()
  const chosen = preset === 'chosen' ? [...scopes] : [preset]
  const isWhole = name.trim() !== '' && chosen.length > 0 && businesses?.size !== 0
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault()
    if (!isWhole) return
    make.mutate(
      {
        name: name.trim(),
        scopes: chosen,
        business_ids: businesses === null ? null : [...businesses],
        expires_at: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      },
      { onSuccess: onMade },
    )
  }
  return (
    <Dialog title={t('New key')} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid gap-5 overflow-y-auto p-5">
          <Field label={t('What is it for?')} value={name} onChange={setName} max={120} autoFocus placeholder={t('Website, till, spreadsheet…')} />
          <Radios label={t('What may it do?')} value={preset} options={presets()} onChange={setPreset} />
          {preset === 'chosen' && <Scopes chosen={scopes} onChange={setScopes} />}
          <Businesses chosen={businesses} onChange={setBusinesses} />
          <Select
            label={t('Until when?')}
            value={days}
            onChange={setDays}
            options={[
              ['', t('Until it is revoked')],
              ['30', t('30 days')],
              ['90', t('90 days')],
              ['365', t('A year')],
            ]}
          />
          {make.error !== null && (
            <p role="alert" className="text-sm text-bad-ink">
              {wordsFor(make.error)}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="main" type="submit" disabled={!isWhole} busy={make.isPending}>
            {t('Make the key')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function toggled<T>(set: ReadonlySet<T>, value: T, on: boolean): ReadonlySet<T> {
  return new Set(on ? [...set, value] : [...set].filter((each) => each !== value))
}

function Scopes({ chosen, onChange }: { chosen: ReadonlySet<Permission>; onChange: (next: ReadonlySet<Permission>) => void }) {
  const mine = useMe().company
  return (
    <div className="grid gap-4 rounded-xl border border-line bg-raised p-4">
      {scopeGroups().map(({ title, scopes }) => (
        <fieldset key={title} className="grid gap-1.5 text-sm">
          <legend className="mb-1.5 text-xs font-medium text-faint">{title}</legend>
          {scopes
            .filter(([scope]) => mine.includes(scope))
            .map(([scope, words]) => (
              <Checkbox key={scope} label={words} checked={chosen.has(scope)} onChange={(on) => onChange(toggled(chosen, scope, on))} />
            ))}
        </fieldset>
      ))}
    </div>
  )
}

interface BusinessesProps {
  /** null: the whole company. */
  chosen: ReadonlySet<string> | null
  onChange: (next: ReadonlySet<string> | null) => void
}

function Businesses({ chosen, onChange }: BusinessesProps) {
  const { businesses } = useMe()
  return (
    <fieldset className="grid gap-2 text-sm">
      <legend className="mb-1.5 font-medium">{t('Where?')}</legend>
      <Checkbox
        label={t('The whole company')}
        about={t('Every business, also those that you add later.')}
        checked={chosen === null}
        onChange={(on) => onChange(on ? null : new Set())}
      />
      {chosen !== null &&
        businesses.map((each) => (
          <div key={each.id} className="ps-7">
            <Checkbox label={<bdi>{each.name}</bdi>} checked={chosen.has(each.id)} onChange={(on) => onChange(toggled(chosen, each.id, on))} />
          </div>
        ))}
    </fieldset>
  )
}
