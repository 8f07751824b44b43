/** Asks somebody in: an address, their roles, then a letter or a link to hand over. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { LANGUAGES, useLanguage, type Language } from '@/shared/i18n/language'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { invite, type Membership } from './api'
import { Invited } from './invited'
import { RolesForm } from './roles-form'

export function InviteDialog({ mayGive, onClose }: { mayGive: Membership[]; onClose: () => void }) {
  const [email, setEmail] = useState('')
  const [memberships, setMemberships] = useState(() => mayGive.filter(({ business_id: place, role }) => place === null && role === 'agent'))
  const [language, setLanguage] = useState<Language>(useLanguage())
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: invite,
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate({ email: email.trim(), memberships, language })
  }
  if (ask.isSuccess) return <Invited made={ask.data} onClose={onClose} />
  return (
    <Dialog title={t('Invite somebody')} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid gap-4 overflow-y-auto p-5">
          <Field label={t('E-mail address')} value={email} onChange={setEmail} type="email" required autoFocus dir="ltr" />
          <Select
            label={t('Language')}
            value={language}
            options={Object.entries(LANGUAGES).map(([tag, { name }]): [string, string] => [tag, name])}
            onChange={(next) => setLanguage(next as Language)}
            hint={t('Of the letter, and of the pages until they choose another.')}
          />
          <RolesForm memberships={memberships} mayGive={mayGive} onChange={setMemberships} />
          {ask.isError && (
            <p role="alert" className="text-sm text-bad-ink">
              {wordsFor(ask.error)}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="main" busy={ask.isPending} disabled={memberships.length === 0}>
            {t('Invite')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
