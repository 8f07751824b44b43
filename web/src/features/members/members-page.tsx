/** Who works here: their roles, who was asked in, who is kept out, and what signing in asks of them. */
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Part } from '@/shared/ui/part'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { membersQuery } from './api'
import { InvitationsCard } from './invitations-card'
import { InviteDialog } from './invite-dialog'
import { MemberRow } from './member-row'
import { RulesCard } from './rules-card'

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
        {({ data, may_give: mayGive }) => (
          <>
            <Card>
              <ul aria-label={t('Members')} className="divide-y divide-line">
                {data.map((member) => (
                  <MemberRow key={member.id} member={member} mayWrite={mayWrite} mayGive={mayGive} />
                ))}
              </ul>
            </Card>
            {mayWrite && <InvitationsCard />}
            <RulesCard members={data} />
            {isInviting && <InviteDialog mayGive={mayGive} onClose={() => setInviting(false)} />}
          </>
        )}
      </Part>
    </SettingsPage>
  )
}
