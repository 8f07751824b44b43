/** The first person of a new installation: they own it. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { enter } from '@/shared/session/door'
import { Button } from '@/shared/ui/button'
import { DoorField, DoorProblem } from '../door-field'
import { DoorFrame } from '../door-frame'
import { NewPassword } from '../new-password'
import { firstRun } from './api'
import { LinkCut } from './link-cut'
import { useTokenInAddress } from './use-token'

export function FirstRunPage() {
  const token = useTokenInAddress()
  return token === '' ? <LinkCut /> : <FirstRun token={token} />
}

function FirstRun({ token }: { token: string }) {
  const navigate = useNavigate()
  const [form, setForm] = useState({ company: '', name: '', email: '', password: '' })
  const make = useMutation({
    mutationFn: () => firstRun({ token, ...form }),
    onSuccess: async () => {
      enter()
      await navigate({ to: '/inbox', replace: true })
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    make.mutate()
  }
  const change = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value })
  return (
    <DoorFrame title={t('Welcome to your Serai')} about={t('You are the first one here, so it will be yours.')}>
      <form onSubmit={submit} className="grid gap-4">
        {make.isError && <DoorProblem>{wordsFor(make.error)}</DoorProblem>}
        <DoorField label={t('Company')} value={form.company} onChange={change('company')} required autoFocus autoComplete="organization" maxLength={120} dir="auto" />
        <DoorField label={t('Your name')} value={form.name} onChange={change('name')} required autoComplete="name" maxLength={120} dir="auto" />
        <DoorField label={t('E-mail address')} value={form.email} onChange={change('email')} type="email" required autoComplete="username" dir="ltr" />
        <NewPassword value={form.password} onChange={change('password')} />
        <Button type="submit" look="main" busy={make.isPending} size="large" className="mt-1">
          {t('Open the house')}
        </Button>
      </form>
    </DoorFrame>
  )
}
