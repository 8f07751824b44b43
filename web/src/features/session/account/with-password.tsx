/** Before something that could lock its owner out: asks whether it is wanted, and for the password if the server wants it again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import type { Again } from './api'

interface Props<Done> {
  title: string
  /** What happens then. */
  children: ReactNode
  verb: string
  act: (password: Again) => Promise<Done>
  onDone: (done: Done) => void
  onClose: () => void
  danger?: boolean
}

export function WithPassword<Done>({ title, children, verb, act, onDone, onClose, danger = false }: Props<Done>) {
  const [password, setPassword] = useState<Again>(null)
  const client = useQueryClient()
  const done = useMutation({
    mutationFn: () => act(password),
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ['account'] })
      await client.invalidateQueries({ queryKey: ['me'] })
      onDone(result)
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === 'password_needed') setPassword('')
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    done.mutate()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <div className="grid gap-4 p-5 text-sm">
          <div className="text-soft">{children}</div>
          {password !== null && (
            <Field label={t('Your password')} value={password} onChange={setPassword} type="password" required autoFocus dir="ltr" />
          )}
          {done.isError && (
            <p role="alert" className="text-bad-ink">
              {wordsFor(done.error)}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look={danger ? 'danger' : 'main'} busy={done.isPending}>
            {verb}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
