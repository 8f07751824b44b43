/** The numbers that the access opens, account by account; one is chosen. */
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { Radios } from '@/shared/ui/radios'
import { idOf, type Found, type FoundChannel } from './api'

interface Props {
  accounts: Found['accounts']
  chosenId: string | null
  onChoose: (phoneNumberId: string) => void
}

export function NumberChoice({ accounts, chosenId, onChoose }: Props) {
  return (
    <div className="grid gap-4">
      {accounts.map(({ id, name, channels: numbers }) => (
        <div key={id}>
          <Radios label={<bdi>{name === '' ? id : name}</bdi>} value={chosenId} options={numbers.map(optionOf)} onChange={onChoose} />
          {numbers.length === 0 && <p className="text-sm text-soft">{t('No number in this account.')}</p>}
        </div>
      ))}
    </div>
  )
}

function optionOf(found: FoundChannel) {
  const { public_name: name, address: number, needs_registering: isNew } = found
  return {
    value: idOf(found),
    title: <bdi>{name ?? number}</bdi>,
    about: (
      <bdi dir="ltr" className="tabular-nums">
        {number}
      </bdi>
    ),
    beside: <Badge tone={isNew ? 'lamp' : 'good'}>{isNew ? t('Not in use yet') : t('In use')}</Badge>,
  }
}
