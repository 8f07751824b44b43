/** Gives a colleague other roles. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { toast } from '@/shared/ui/toast'
import { changeRoles, type Member, type Membership } from './api'
import { RolesForm } from './roles-form'

interface Props {
  member: Member
  mayGive: Membership[]
  onClose: () => void
}

export function RolesDialog({ member, mayGive, onClose }: Props) {
  const [memberships, setMemberships] = useState(member.memberships)
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => changeRoles(member.id, memberships),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['members'] })
      await client.invalidateQueries({ queryKey: ['me'] })
      toast({ text: t('The roles of {name} were changed.', { name: member.name }), tone: 'good' })
      onClose()
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Dialog title={t('Roles of {name}', { name: member.name })} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid gap-4 overflow-y-auto p-5">
          <RolesForm memberships={memberships} mayGive={mayGive} onChange={setMemberships} />
          {memberships.length === 0 && <p className="text-sm text-soft">{t('Give at least one role, or disable the person.')}</p>}
          {save.isError && (
            <p role="alert" className="text-sm text-bad-ink">
              {wordsFor(save.error)}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="main" busy={save.isPending} disabled={memberships.length === 0}>
            {t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
