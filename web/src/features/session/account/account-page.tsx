/** Oneself: name, password, second factor, passkeys, and where one is signed in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Part } from '@/shared/ui/part'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { DoorProblem } from '../door-field'
import { NewPassword } from '../new-password'
import { accountQuery, changePassword, changeSelf } from './api'
import { FactorsCard } from './factors-card'
import { PasskeysCard } from './passkeys-card'
import { SessionsCard } from './sessions-card'

export default function AccountPage() {
  const account = useQuery(accountQuery())
  return (
    <SettingsPage title={t('Your account')} about={t('Who you are here, and how you sign in.')}>
      <ProfileCard />
      <Part query={account} what={t('your account')}>
        {(data) => (
          <>
            <PasswordCard />
            <FactorsCard account={data} />
            <PasskeysCard passkeys={data.passkeys} />
            <SessionsCard sessions={data.sessions} />
          </>
        )}
      </Part>
    </SettingsPage>
  )
}

function ProfileCard() {
  const { name: known, user } = useMe()
  const [name, setName] = useState(known)
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => changeSelf({ name: name.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] })
      toast({ text: t('Your name was changed.'), tone: 'good' })
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Card title={t('Profile')} about={t('Your colleagues see your name.')}>
      <form onSubmit={submit} className="grid max-w-96 gap-4">
        <Field label={t('Your name')} value={name} onChange={setName} required max={120} problem={save.isError ? wordsFor(save.error) : null} />
        <div>
          <p className="text-sm font-medium">{t('E-mail address')}</p>
          <p className="text-soft">
            <bdi dir="ltr">{user?.email}</bdi>
          </p>
        </div>
        {name.trim() !== known && (
          <Button type="submit" look="main" busy={save.isPending} className="justify-self-start">
            {t('Save')}
          </Button>
        )}
      </form>
    </Card>
  )
}

function PasswordCard() {
  const [isOpen, setOpen] = useState(false)
  return (
    <Card title={t('Password')} about={t('Changing it signs you out everywhere else.')}>
      {isOpen ? <PasswordForm onDone={() => setOpen(false)} /> : <Button onClick={() => setOpen(true)}>{t('Change the password')}</Button>}
    </Card>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: () => changePassword({ current, new: next }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account'] })
      toast({ text: t('Your password was changed.'), tone: 'good' })
      onDone()
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form onSubmit={submit} className="grid max-w-96 gap-4">
      {change.isError && <DoorProblem>{wordsFor(change.error)}</DoorProblem>}
      <Field label={t('Current password')} value={current} onChange={setCurrent} type="password" required autoFocus dir="ltr" />
      <NewPassword value={next} onChange={setNext} label={t('New password')} />
      <div className="flex gap-2">
        <Button type="submit" look="main" busy={change.isPending}>
          {t('Change it')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  )
}
