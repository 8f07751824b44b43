/** Who works here: their roles, who was asked in, who is kept out. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay, useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Part } from '@/shared/ui/part'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { changeRoles, disable, enable, invitationsQuery, membersQuery, withdraw, type Invitation, type Member, type Membership } from './api'
import { InviteDialog } from './invite-dialog'
import { roleName, RolesForm } from './roles-form'

export default function MembersPage() {
  const members = useQuery(membersQuery())
  const mayWrite = useMay('members:write')
  const [isInviting, setInviting] = useState(false)
  const action = mayWrite && (
    <Button look="main" onClick={() => setInviting(true)}>
      <UserPlus aria-hidden className="size-4" />
      {t('Invite')}
    </Button>
  )
  return (
    <SettingsPage title={t('Members')} about={t('Who works here, and what they may do.')} action={action}>
      <Part query={members} what={t('your colleagues')}>
        {({ data }) => (
          <Card>
            <ul aria-label={t('Members')} className="divide-y divide-line">
              {data.map((member) => (
                <MemberRow key={member.id} member={member} mayWrite={mayWrite} />
              ))}
            </ul>
          </Card>
        )}
      </Part>
      {mayWrite && <Invitations />}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </SettingsPage>
  )
}

function useRoleWords(memberships: Membership[]): string {
  const { businesses } = useMe()
  const place = (id: string | null) => businesses.find((each) => each.id === id)?.name ?? t('elsewhere')
  return memberships
    .map(({ business_id: id, role }) => (id === null ? roleName(role) : t('{role} at {business}', { role: roleName(role), business: place(id) })))
    .join(' · ')
}

function MemberRow({ member, mayWrite }: { member: Member; mayWrite: boolean }) {
  const isYou = useMe().user?.id === member.id
  const [isEditing, setEditing] = useState(false)
  const client = useQueryClient()
  const isOut = member.disabled_at !== null
  const turn = useMutation({
    mutationFn: () => (isOut ? enable(member.id) : disable(member.id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['members'] }),
    onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
  })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Avatar id={member.id} name={member.name} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium">
          <bdi>{member.name}</bdi> {isYou && <span className="text-soft">{t('(you)')}</span>}
        </p>
        <p className="truncate text-sm text-soft">
          <bdi dir="ltr">{member.email}</bdi>
        </p>
        <p className="text-sm">{useRoleWords(member.memberships)}</p>
      </div>
      {member.has_second_factor && <Badge tone="good">{t('Second factor')}</Badge>}
      {isOut && <Badge tone="quiet">{t('Disabled')}</Badge>}
      {mayWrite && (
        <span className="flex gap-2">
          <Button size="small" aria-label={t('Roles of {name}', { name: member.name })} onClick={() => setEditing(true)}>
            {t('Roles')}
          </Button>
          {!isYou && (
            <Button
              size="small"
              busy={turn.isPending}
              onClick={() => turn.mutate()}
            >
              {isOut ? t('Enable') : t('Disable')}
            </Button>
          )}
        </span>
      )}
      {isEditing && <RolesDialog member={member} onClose={() => setEditing(false)} />}
    </li>
  )
}

function RolesDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [memberships, setMemberships] = useState(member.memberships)
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => changeRoles(member.id, memberships),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['members'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('Roles of {name}', { name: member.name })} onClose={onClose}>
      <div className="grid gap-4 overflow-y-auto p-5">
        <RolesForm memberships={memberships} onChange={setMemberships} />
        {save.isError && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(save.error)}
          </p>
        )}
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button look="main" busy={save.isPending} onClick={() => save.mutate()}>
          {t('Save')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

function Invitations() {
  const query = useQuery(invitationsQuery())
  const waiting = query.data?.data ?? []
  if (waiting.length === 0) return null
  return (
    <Card title={t('Invited')} about={t('They have not come in yet.')}>
      <ul aria-label={t('Invited')} className="divide-y divide-line">
        {waiting.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Card>
  )
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => withdraw(invitation.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  })
  return (
    <li className="flex flex-wrap items-center gap-3 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium">
          <bdi dir="ltr">{invitation.email}</bdi>
        </p>
        <p className="text-sm text-soft">{useRoleWords(invitation.memberships)}</p>
      </div>
      {invitation.is_too_old && <Badge tone="lamp">{t('Too old')}</Badge>}
      <Button size="small" busy={end.isPending} onClick={() => end.mutate()}>
        {t('Withdraw')}
      </Button>
    </li>
  )
}
