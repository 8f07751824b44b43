/** Behind the link of a letter: a new password. */
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { leave } from '@/shared/session/door'
import { Button } from '@/shared/ui/button'
import { DoorProblem } from '../door-field'
import { DoorFrame } from '../door-frame'
import { NewPassword } from '../new-password'
import { resetPassword } from './api'
import { LinkCut } from './link-cut'
import { ToSignIn } from './to-sign-in'
import { useTokenInAddress } from './use-token'

export function ResetPage() {
  const token = useTokenInAddress()
  return token === '' ? <LinkCut /> : <Reset token={token} />
}

function Reset({ token }: { token: string }) {
  const [password, setPassword] = useState('')
  const reset = useMutation({ mutationFn: resetPassword, onSuccess: () => leave() })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    reset.mutate({ token, password })
  }
  if (reset.isSuccess) {
    return (
      <DoorFrame title={t('Your password is new')} about={t('You were signed out everywhere. Sign in with it now.')}>
        <ToSignIn />
      </DoorFrame>
    )
  }
  return (
    <DoorFrame title={t('Choose a new password')} foot={<ToSignIn />}>
      <form onSubmit={submit} className="grid gap-4">
        {reset.isError && <DoorProblem>{wordsFor(reset.error)}</DoorProblem>}
        <NewPassword value={password} onChange={setPassword} label={t('New password')} autoFocus />
        <Button type="submit" look="main" busy={reset.isPending} size="large">
          {t('Keep it')}
        </Button>
      </form>
    </DoorFrame>
  )
}
