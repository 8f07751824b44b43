/** The number's two-step PIN, and taking the number into use with it. */
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { useRegister, useSetPin } from '../meta'
import type { Channel } from '../shapes'
import { Panel } from './panel'

const DIGITS = 6

export function PinPanel({ channel }: { channel: Channel }) {
  const [pin, setPin] = useState('')
  const register = useRegister(channel.id)
  const change = useSetPin(channel.id)
  const isWhole = pin.length === DIGITS
  const isBusy = register.isPending || change.isPending
  const error = register.error ?? change.error
  const clear = { onSuccess: () => setPin('') }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isWhole) change.mutate(pin, clear)
  }

  return (
    <Panel title={t('PIN')} about={t('Whoever takes this number into use must know it. Write it down where you find it again.')}>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="w-40">
          <Field
            label={t('Six digits')}
            value={pin}
            dir="ltr"
            inputMode="numeric"
            onChange={(value) => setPin(value.replaceAll(/\D/g, '').slice(0, DIGITS))}
          />
        </div>
        <div className="flex gap-2">
          <Button type="submit" disabled={!isWhole || isBusy} className="h-10">
            {t('Set the PIN')}
          </Button>
          <Button disabled={!isWhole || isBusy} onClick={() => register.mutate(pin, clear)} className="h-10">
            {t('Take the number into use')}
          </Button>
        </div>
      </form>
      {error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad-ink">
          {wordsFor(error)}
        </p>
      )}
      {(register.isSuccess || change.isSuccess) && error === null && (
        <p role="status" className="mt-2 text-sm text-good-ink">
          {register.isSuccess ? t('The number is in use.') : t('The PIN is set.')}
        </p>
      )}
    </Panel>
  )
}
