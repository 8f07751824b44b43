/** Back from the company's own sign-in: on to where one was, to a second proof, or why it did not work. */
import { useRouter } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cx } from '@/shared/lib/cx'
import { t } from '@/shared/i18n/t'
import { enter } from '@/shared/session/door'
import { buttonLook } from '@/shared/ui/button'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { providerAddress } from '../api'
import { DoorProblem } from '../door-field'
import { DoorFrame } from '../door-frame'
import { FactorStep } from '../factor-step'
import { takeTold } from './told'
import { ToSignIn } from './to-sign-in'

export function ProviderPage() {
  const [told] = useState(takeTold)
  const { history } = useRouter()
  const goOn = () => {
    enter()
    history.replace(told.to)
  }
  if (told.next === 'second_factor') {
    return (
      <DoorFrame title={t('Is it you?')} about={t('Your account asks for a second proof.')}>
        <FactorStep factors={told.factors} onDone={goOn} onBack={() => history.replace(told.to)} />
      </DoorFrame>
    )
  }
  if (told.next === 'done') return <ComingIn onSeen={goOn} />
  return (
    <DoorFrame title={t('You are not signed in')} foot={<ToSignIn />}>
      <DoorProblem>{words(told.problem)}</DoorProblem>
      <a href={providerAddress('company', told.to)} className={cx(buttonLook('plain', 'large'), 'mt-5 w-full')}>
        <KeyRound aria-hidden className="size-4.5" />
        {t('Try again')}
      </a>
    </DoorFrame>
  )
}

function ComingIn({ onSeen }: { onSeen: () => void }) {
  // Once: what follows draws another page.
  useEffect(onSeen, []) // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <DoorFrame title={t('Come in')}>
      <Loading what={t('your inbox')}>
        <Skeleton className="h-40 rounded-2xl" />
      </Loading>
    </DoorFrame>
  )
}

/** The server only names what went wrong: it spoke to the browser, not to this page. */
function words(problem: string): string {
  switch (problem) {
    case 'provider_stranger':
      return t('Nobody with your address works here. Ask to be invited, then try again.')
    case 'provider_disabled':
      return t('Your account is disabled. Ask an owner of your company.')
    case 'provider_address':
      return t('Your company’s sign-in does not vouch for an address that counts here. Ask whoever runs Serai.')
    case 'provider_other_person':
      return t('Your address belongs to a colleague with another account there. Ask an owner of your company.')
    case 'provider_refused':
      return t('The sign-in was not finished there.')
    default:
      return rareWords(problem)
  }
}

function rareWords(problem: string): string {
  switch (problem) {
    case 'provider_away':
      return t('Your company’s sign-in does not answer. Try again, or come in another way.')
    case 'provider_unknown':
      return t('There is no such sign-in here.')
    case 'provider_stale':
      return t('This sign-in was begun elsewhere, or too long ago. Begin again.')
    case 'https_needed':
      return t('Nobody signs in over plain http from another machine. Open Serai’s https address.')
    default:
      return t('The answer of your company’s sign-in cannot be believed. Begin again.')
  }
}
