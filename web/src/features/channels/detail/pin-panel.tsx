/** The number's two-step PIN, and taking the number into use with it. */
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
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
    <Panel title="PIN" about="Whoever takes this number into use must know it. Write it down where you find it again.">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="w-40">
          <Field
            label="Six digits"
            value={pin}
            dir="ltr"
            inputMode="numeric"
            onChange={(value) => setPin(value.replaceAll(/\D/g, '').slice(0, DIGITS))}
          />
        </div>
        <div className="flex gap-2">
          <Button type="submit" disabled={!isWhole || isBusy} className="h-10">
            Set the PIN
          </Button>
          <Button disabled={!isWhole || isBusy} onClick={() => register.mutate(pin, clear)} className="h-10">
            Take the number into use
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
          {register.isSuccess ? 'The number is in use.' : 'The PIN is set.'}
        </p>
      )}
    </Panel>
  )
}
