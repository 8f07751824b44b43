/** Before anything else: the second factor that their company asks for. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Fingerprint, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { addPasskey } from './account/api'
import { AuthenticatorSetup } from './account/authenticator-setup'
import { signOut } from './api'
import { DoorProblem } from './door-field'
import { DoorFrame } from './door-frame'
import { knowsPasskeys } from './passkeys'

export default function MustSetUpPage() {
  const [isByApp, setByApp] = useState(false)
  const { organization } = useMe()
  const client = useQueryClient()
  const done = () => void client.invalidateQueries({ queryKey: ['me'] })
  return (
    <DoorFrame
      title={t('One more lock')}
      about={t('{company} asks you for a second proof, so that a stolen password opens nothing.', { company: organization.name })}
      foot={
        <Button look="quiet" className="-ms-3" onClick={() => void signOut(client)}>
          {t('Sign out')}
        </Button>
      }
    >
      {isByApp ? <AuthenticatorSetup onDone={done} /> : <Choice onApp={() => setByApp(true)} onDone={done} />}
    </DoorFrame>
  )
}

function Choice({ onApp, onDone }: { onApp: () => void; onDone: () => void }) {
  const passkey = useMutation({ mutationFn: () => addPasskey(t('Passkey'), null), onSuccess: onDone })
  return (
    <div className="grid gap-2.5">
      {passkey.isError && <DoorProblem>{wordsFor(passkey.error)}</DoorProblem>}
      {knowsPasskeys() && (
        <Option
          icon={<Fingerprint aria-hidden className="size-5" />}
          title={t('Passkey')}
          about={t('Your finger, face or PIN on this device. Quickest.')}
          onClick={() => passkey.mutate()}
        />
      )}
      <Option
        icon={<Smartphone aria-hidden className="size-5" />}
        title={t('Authenticator app')}
        about={t('A code from an app on your phone.')}
        onClick={onApp}
      />
    </div>
  )
}

interface OptionProps {
  icon: React.ReactNode
  title: string
  about: string
  onClick: () => void
}

function Option({ icon, title, about, onClick }: OptionProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex items-center gap-3.5 rounded-2xl border border-line-strong bg-raised p-4 text-start shadow-low transition-colors hover:bg-sunken"
    >
      <span className="grid h-10 w-9 shrink-0 place-items-center rounded-t-[18px] rounded-b-[7px] bg-accent-soft text-accent">{icon}</span>
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="block text-sm text-soft">{about}</span>
      </span>
    </button>
  )
}
