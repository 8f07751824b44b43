/** Somebody follows an invitation: who asks them in, and what to choose. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { enter } from '@/shared/session/door'
import { Button } from '@/shared/ui/button'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { DoorField, DoorProblem } from '../door-field'
import { DoorFrame } from '../door-frame'
import { NewPassword } from '../new-password'
import { acceptInvitation, invitationQuery } from './api'
import { LinkCut } from './link-cut'
import { ToSignIn } from './to-sign-in'
import { useTokenInAddress } from './use-token'

export function InvitationPage() {
  const token = useTokenInAddress()
  return token === '' ? <LinkCut /> : <Invitation token={token} />
}

function Invitation({ token }: { token: string }) {
  const seen = useQuery(invitationQuery(token))
  if (seen.isPending) {
    return (
      <DoorFrame title={t('An invitation')}>
        <Loading what={t('the invitation')}>
          <Skeleton className="h-40 rounded-2xl" />
        </Loading>
      </DoorFrame>
    )
  }
  if (seen.isError) {
    return (
      <DoorFrame title={t('This invitation has ended')} about={wordsFor(seen.error)}>
        <ToSignIn />
      </DoorFrame>
    )
  }
  const { company, email, invited_by: by } = seen.data
  return (
    <DoorFrame
      title={t('Welcome to {company}', { company })}
      about={by === null ? t('You are asked in to answer its customers.') : t('{by} asks you in to answer its customers.', { by })}
    >
      <Accept token={token} email={email} />
    </DoorFrame>
  )
}

function Accept({ token, email }: { token: string; email: string }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const navigate = useNavigate()
  const accept = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: async () => {
      enter()
      await navigate({ to: '/inbox', replace: true })
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    accept.mutate({ token, name, password })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {accept.isError && <DoorProblem>{wordsFor(accept.error)}</DoorProblem>}
      <DoorField label={t('E-mail address')} value={email} onChange={() => undefined} readOnly autoComplete="username" dir="ltr" className="bg-sunken text-soft" />
      <DoorField label={t('Your name')} value={name} onChange={setName} required autoFocus autoComplete="name" maxLength={120} dir="auto" />
      <NewPassword value={password} onChange={setPassword} />
      <Button type="submit" look="main" busy={accept.isPending} size="large" className="mt-1">
        {t('Come in')}
      </Button>
    </form>
  )
}
