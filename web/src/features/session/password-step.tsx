/** First: who, and the password; or a way without one. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fingerprint, KeyRound } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button, buttonLook } from '@/shared/ui/button'
import { providerAddress, signIn, signInByPasskey, type Step, type Ways } from './api'
import { DoorField, DoorProblem } from './door-field'
import { knowsPasskeys } from './passkeys'

interface Props {
  /** Undefined until the server has told. */
  ways: Ways | undefined
  onDone: (step: Step) => void
}

export function PasswordStep({ ways, onDone }: Props) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const byPassword = useMutation({ mutationFn: signIn, onSuccess: onDone })
  const byPasskey = useMutation({ mutationFn: () => signInByPasskey(), onSuccess: onDone })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    byPasskey.reset()
    byPassword.mutate({ email: email.trim(), password })
  }
  const error = byPassword.error ?? byPasskey.error
  return (
    <>
      <form onSubmit={submit} className="grid gap-4">
        {error !== null && <DoorProblem>{wordsFor(error)}</DoorProblem>}
        <DoorField
          label={t('E-mail address')}
          value={email}
          onChange={setEmail}
          type="email"
          name="email"
          autoComplete="username webauthn"
          autoFocus
          required
          dir="ltr"
          isBad={byPassword.isError}
        />
        <DoorField
          label={t('Password')}
          value={password}
          onChange={setPassword}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          dir="ltr"
          isBad={byPassword.isError}
          aside={
            <Link to="/welcome/forgot" className="text-sm font-medium text-accent hover:underline">
              {t('Forgot it?')}
            </Link>
          }
        />
        <Button type="submit" look="main" busy={byPassword.isPending} size="large" className="mt-1">
          {t('Sign in')}
        </Button>
      </form>
      <OtherWays ways={ways} isBusy={byPasskey.isPending} onPasskey={() => byPasskey.mutate()} />
    </>
  )
}

function OtherWays({ ways, isBusy, onPasskey }: { ways: Ways | undefined; isBusy: boolean; onPasskey: () => void }) {
  const hasPasskeys = ways?.passkeys !== false && knowsPasskeys()
  const providers = ways?.providers ?? []
  if (!hasPasskeys && providers.length === 0) return null
  return (
    <div className="mt-6 grid gap-2.5">
      <div aria-hidden className="mb-1 flex items-center gap-3 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </div>
      {hasPasskeys && (
        <Button busy={isBusy} onClick={onPasskey} size="large">
          <Fingerprint aria-hidden className="size-4.5" />
          {t('Sign in with a passkey')}
        </Button>
      )}
      {providers.map(({ id, name }) => (
        <a key={id} href={providerAddress(id, location.pathname + location.search)} className={buttonLook('plain', 'large')}>
          <KeyRound aria-hidden className="size-4.5" />
          {t('Sign in with {name}', { name })}
        </a>
      ))}
    </div>
  )
}
