/** Second: a code of an app, a passkey, or a recovery code. */
import { useMutation } from '@tanstack/react-query'
import { ArrowLeft, Fingerprint } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { showCode, showRecoveryCode, signInByPasskey, type Factor, type Step } from './api'
import { DoorField, DoorProblem } from './door-field'

interface Props {
  factors: Factor[]
  onDone: (step: Step) => void
  onBack: () => void
}

export function FactorStep({ factors, onDone, onBack }: Props) {
  const [chosen, choose] = useState<Factor>(factors[0] ?? 'recovery')
  return (
    <>
      {chosen === 'passkey' ? (
        <PasskeyForm onDone={onDone} />
      ) : (
        <CodeForm key={chosen} isRecovery={chosen === 'recovery'} onDone={onDone} />
      )}
      <div className="mt-6 grid justify-items-start gap-1">
        {factors
          .filter((factor) => factor !== chosen)
          .map((factor) => (
            <Button key={factor} look="quiet" onClick={() => choose(factor)} className="-ms-3">
              {instead(factor)}
            </Button>
          ))}
        <Button look="quiet" onClick={onBack} className="-ms-3">
          <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          {t('Back to the password')}
        </Button>
      </div>
    </>
  )
}

function instead(factor: Factor): string {
  if (factor === 'passkey') return t('Use a passkey instead')
  return factor === 'code' ? t('Use a code from your app instead') : t('Use a recovery code instead')
}

function CodeForm({ isRecovery, onDone }: { isRecovery: boolean; onDone: (step: Step) => void }) {
  const [code, setCode] = useState('')
  const show = useMutation({
    mutationFn: isRecovery ? showRecoveryCode : showCode,
    onSuccess: onDone,
    onError: () => setCode(''),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    show.mutate(code)
  }
  const change = (value: string) => {
    setCode(value)
    if (!isRecovery && /^\d{6}$/.test(value.replaceAll(/\s/g, '')) && !show.isPending) show.mutate(value)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {show.isError && <DoorProblem>{wordsFor(show.error)}</DoorProblem>}
      <DoorField
        label={isRecovery ? t('Recovery code') : t('Code from your app')}
        hint={isRecovery ? t('One of those that you kept. Each works once.') : t('Six digits. A new one comes every 30 seconds.')}
        value={code}
        onChange={change}
        autoFocus
        required
        dir="ltr"
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        isBad={show.isError}
        className="font-mono text-lg tracking-widest"
      />
      <Button type="submit" look="main" busy={show.isPending} size="large">
        {t('Go on')}
      </Button>
    </form>
  )
}

function PasskeyForm({ onDone }: { onDone: (step: Step) => void }) {
  const show = useMutation({ mutationFn: () => signInByPasskey(), onSuccess: onDone })
  return (
    <div className="grid gap-4">
      {show.isError && <DoorProblem>{wordsFor(show.error)}</DoorProblem>}
      <Button look="main" busy={show.isPending} onClick={() => show.mutate()} size="large">
        <Fingerprint aria-hidden className="size-4.5" />
        {t('Use your passkey')}
      </Button>
    </div>
  )
}
