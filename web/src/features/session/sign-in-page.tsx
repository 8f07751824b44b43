/** The door: a password and a second factor, a passkey, or the company's own sign-in. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { enter } from '@/shared/session/door'
import { waysQuery, type Factor, type Step } from './api'
import { DoorFrame } from './door-frame'
import { FactorStep } from './factor-step'
import { PasswordStep } from './password-step'

export default function SignInPage({ wasSentOut }: { wasSentOut: boolean }) {
  const ways = useQuery(waysQuery())
  const [factors, setFactors] = useState<Factor[] | null>(null)
  const next = (step: Step) => {
    if (step.next === 'done') enter()
    else setFactors(step.factors ?? [])
  }
  if (factors !== null) {
    return (
      <DoorFrame title={t('Is it you?')} about={t('Your account asks for a second proof.')}>
        <FactorStep factors={factors} onDone={next} onBack={() => setFactors(null)} />
      </DoorFrame>
    )
  }
  if (ways.data?.is_new === true) return <NotSetUp />
  return (
    <DoorFrame
      title={wasSentOut ? t('Sign in again') : t('Welcome back')}
      about={wasSentOut ? t('Your session has ended. What you were doing is still here.') : t('Sign in to your company’s inbox.')}
    >
      <PasswordStep ways={ways.data} onDone={next} />
    </DoorFrame>
  )
}

/** Nobody has an account; only who runs the server can make the first one. */
function NotSetUp() {
  return (
    <DoorFrame title={t('A new house')} about={t('Nobody has an account here yet.')}>
      <p className="text-base">
        {t('The server printed a link when it started. Open that link on this device to become the owner. It works once, within a day.')}
      </p>
      <p className="mt-4 text-sm text-soft">
        {t('Lost it? Run this where Serai is installed:')}
        <code dir="ltr" className="mt-1.5 block rounded-lg bg-sunken px-3 py-2 font-mono text-ink">
          serai doctor
        </code>
      </p>
    </DoorFrame>
  )
}
