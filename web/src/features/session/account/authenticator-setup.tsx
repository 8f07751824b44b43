/** Three steps to a second factor by an app: scan, prove, keep the recovery codes. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { correction, generate } from 'lean-qr'
import { toSvgSource } from 'lean-qr/extras/svg'
import { Check, Copy, Download } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { saveBlob } from '@/shared/api/files'
import { Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { DoorField, DoorProblem } from '../door-field'
import { offerAuthenticator, proveAuthenticator, type Again } from './api'

/** Modules of white around it, without which cameras do not find it. Source: ISO/IEC 18004, quiet zone. */
const QUIET = 4

export function AuthenticatorSetup({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState<Again>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const offer = useQuery({
    queryKey: ['authenticator-offer', password],
    queryFn: () => offerAuthenticator(password),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (offer.isPending) {
    return (
      <Loading what={t('your code')}>
        <Skeleton className="mx-auto size-48 rounded-2xl" />
      </Loading>
    )
  }
  if (offer.isError && asksPassword(offer.error)) return <PasswordAgain error={password === null ? null : offer.error} onGiven={setPassword} />
  if (offer.isError) return <Failed what={t('There is no code to scan')} error={offer.error} retry={offer.refetch} />
  return <Prove {...offer.data} onProven={setCodes} />
}

const asksPassword = (error: Error) => error instanceof Problem && (error.code === 'password_needed' || error.code === 'password_wrong')

/** Some time after signing in: so that nobody else locks its owner out. */
function PasswordAgain({ error, onGiven }: { error: Error | null; onGiven: (password: string) => void }) {
  const [password, setPassword] = useState('')
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onGiven(password)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error !== null && <DoorProblem>{wordsFor(error)}</DoorProblem>}
      <DoorField
        label={t('Your password')}
        hint={t('You signed in some time ago, so this is to be sure that it is you.')}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
        required
        autoFocus
        dir="ltr"
      />
      <Button type="submit" look="main" size="large">
        {t('Go on')}
      </Button>
    </form>
  )
}

interface ProveProps {
  secret: string
  address: string
  onProven: (codes: string[]) => void
}

function Prove({ secret, address, onProven }: ProveProps) {
  const [code, setCode] = useState('')
  const prove = useMutation({ mutationFn: proveAuthenticator, onSuccess: ({ codes }) => onProven(codes) })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    prove.mutate(code)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="text-sm text-soft">{t('Scan this with an authenticator app, then enter the code that it shows.')}</p>
      <img
        src={pictureOf(address)}
        alt={t('QR code for your authenticator app')}
        className="mx-auto size-48 rounded-2xl border border-line bg-white"
      />
      <details className="text-sm text-soft">
        <summary className="cursor-pointer font-medium text-accent">{t('The app cannot scan?')}</summary>
        <p className="mt-2">{t('Type this into it:')}</p>
        <code dir="ltr" className="mt-1 block rounded-lg bg-sunken px-3 py-2 font-mono break-all text-ink select-all">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </code>
      </details>
      {prove.isError && <DoorProblem>{wordsFor(prove.error)}</DoorProblem>}
      <DoorField
        label={t('Code from your app')}
        value={code}
        onChange={setCode}
        required
        autoFocus
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        className="font-mono text-lg tracking-widest"
        isBad={prove.isError}
      />
      <Button type="submit" look="main" busy={prove.isPending} size="large">
        {t('Go on')}
      </Button>
    </form>
  )
}

/** Shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const text = codes.join('\n')
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className="grid gap-4">
      <p className="text-sm text-soft">
        {t('Keep these recovery codes in a safe place. When you lose your device, each of them signs you in once. They are not shown again.')}
      </p>
      <ul aria-label={t('Recovery codes')} dir="ltr" className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-2xl border border-line bg-sunken p-4 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          {isCopied ? t('Copied') : t('Copy')}
        </Button>
        <Button onClick={() => saveBlob(new Blob([`${text}\n`], { type: 'text/plain' }), 'serai-recovery-codes.txt')}>
          <Download aria-hidden className="size-4" />
          {t('Save as a file')}
        </Button>
      </div>
      <Button look="main" onClick={onDone} size="large">
        {t('I have kept them')}
      </Button>
    </div>
  )
}

function pictureOf(address: string): string {
  const code = generate(address, { minCorrectionLevel: correction.M })
  const svg = toSvgSource(code, { on: 'black', off: 'white', pad: QUIET, scale: 8, xmlDeclaration: false })
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
