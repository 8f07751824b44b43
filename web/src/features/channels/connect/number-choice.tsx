/** The numbers that the access opens, account by account; one is chosen. */
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { cx } from '@/shared/lib/cx'
import type { Found, FoundNumber } from './api'

interface Props {
  accounts: Found['accounts']
  chosenId: string | null
  onChoose: (phoneNumberId: string) => void
}

export function NumberChoice({ accounts, chosenId, onChoose }: Props) {
  return (
    <div className="grid gap-4">
      {accounts.map(({ waba_id, name, numbers }) => (
        <fieldset key={waba_id} className="grid gap-2">
          <legend className="mb-1.5 text-xs text-soft">
            <bdi>{name === '' ? waba_id : name}</bdi>
          </legend>
          {numbers.map((number) => (
            <NumberOption
              key={number.phone_number_id}
              number={number}
              chosen={number.phone_number_id === chosenId}
              onChoose={() => onChoose(number.phone_number_id)}
            />
          ))}
          {numbers.length === 0 && <p className="text-sm text-soft">{t('No number in this account.')}</p>}
        </fieldset>
      ))}
    </div>
  )
}

interface OptionProps {
  number: FoundNumber
  chosen: boolean
  onChoose: () => void
}

function NumberOption({ number, chosen, onChoose }: OptionProps) {
  return (
    <label
      className={cx(
        'flex cursor-pointer items-center gap-3 rounded-xl border px-3.5 py-2.5',
        chosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken',
      )}
    >
      <input type="radio" name="number" checked={chosen} onChange={onChoose} className="accent-(--accent-fill)" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium">{number.verified_name ?? number.display_phone_number}</bdi>
        <bdi dir="ltr" className="block text-sm text-soft tabular-nums">
          {number.display_phone_number}
        </bdi>
      </span>
      <Badge tone={number.needs_registering ? 'lamp' : 'good'}>{number.needs_registering ? t('Not in use yet') : t('In use')}</Badge>
    </label>
  )
}
