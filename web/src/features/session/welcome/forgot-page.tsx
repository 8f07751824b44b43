/** A forgotten password: a letter with a link, or a word on whom to ask. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { waysQuery } from '../api'
import { DoorField, DoorProblem } from '../door-field'
import { DoorFrame } from '../door-frame'
import { askForReset } from './api'
import { ToSignIn } from './to-sign-in'

export function ForgotPage() {
  const ways = useQuery(waysQuery())
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: askForReset })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(email.trim())
  }
  if (ways.data?.mail === false) {
    return (
      <DoorFrame title={t('Forgot your password?')} foot={<ToSignIn />}>
        <p>{t('This Serai sends no e-mail. Ask an owner of your company for help, or whoever runs the server.')}</p>
      </DoorFrame>
    )
  }
  if (ask.isSuccess) {
    const demoMail = ways.data?.demo_mail
    return (
      <DoorFrame title={t('Look into your mail')} foot={<ToSignIn />}>
        <p role="status" className="flex gap-3 rounded-2xl bg-good-soft p-4 text-good-ink">
          <MailCheck aria-hidden className="size-5 shrink-0" />
          {t('If this address has an account, a letter with a link is on its way. The link works for an hour.')}
        </p>
        {demoMail != null && (
          <p className="mt-4 text-soft">
            {t('This is a demo, whose letters go nowhere.')}{' '}
            <a href={demoMail} target="_blank" rel="noreferrer" className="font-medium text-accent underline">
              {t('Read them here')}
            </a>
          </p>
        )}
      </DoorFrame>
    )
  }
  return (
    <DoorFrame title={t('Forgot your password?')} about={t('We send you a link to choose a new one.')} foot={<ToSignIn />}>
      <form onSubmit={submit} className="grid gap-4">
        {ask.isError && <DoorProblem>{wordsFor(ask.error)}</DoorProblem>}
        <DoorField label={t('E-mail address')} value={email} onChange={setEmail} type="email" required autoFocus autoComplete="username" dir="ltr" />
        <Button type="submit" look="main" busy={ask.isPending} size="large">
          {t('Send the link')}
        </Button>
      </form>
    </DoorFrame>
  )
}
