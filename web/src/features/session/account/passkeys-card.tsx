/** Passkeys: signing in by finger, face or PIN, without a password. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Card } from '@/shared/ui/settings-page'
import { waysQuery } from '../api'
import { knowsPasskeys } from '../passkeys'
import { addPasskey, removePasskey, type Again, type Passkey } from './api'
import { PasskeyRow } from './passkey-row'
import { WithPassword } from './with-password'

export function PasskeysCard({ passkeys }: { passkeys: Passkey[] }) {
  const [removing, setRemoving] = useState<Passkey | null>(null)
  const ways = useQuery(waysQuery())
  const isPossible = knowsPasskeys() && ways.data?.passkeys === true
  return (
    <Card title={t('Passkeys')} about={t('Sign in with your finger, face or PIN; nothing to type, nothing to steal.')}>
      {passkeys.length > 0 && (
        <ul aria-label={t('Passkeys')} className="mb-4 divide-y divide-line rounded-xl border border-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
          ))}
        </ul>
      )}
      {isPossible ? <Add /> : <p className="text-sm text-soft">{t('This browser or this address cannot make one.')}</p>}
      {removing !== null && (
        <WithPassword
          title={t('Remove {name}?', { name: removing.name })}
          verb={t('Remove')}
          danger
          act={(password) => removePasskey(removing.id, password)}
          onDone={() => setRemoving(null)}
          onClose={() => setRemoving(null)}
        >
          {t('It signs in here no more. Take it off your device as well.')}
        </WithPassword>
      )}
    </Card>
  )
}

function Add() {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [password, setPassword] = useState<Again>(null)
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: () => addPasskey(name.trim(), password),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account'] })
      setOpen(false)
      setName('')
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === 'password_needed') setPassword('')
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate()
  }
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t('Add a passkey')}</Button>
  return (
    <form onSubmit={submit} className="grid max-w-96 gap-4">
      <Field label={t('Name of the device')} value={name} onChange={setName} required autoFocus max={60} placeholder={t('My phone')} />
      {password !== null && <Field label={t('Your password')} value={password} onChange={setPassword} type="password" required dir="ltr" />}
      {add.isError && (
        <p role="alert" className="text-sm text-bad-ink">
          {wordsFor(add.error)}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="main" busy={add.isPending}>
          {t('Go on')}
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  )
}
