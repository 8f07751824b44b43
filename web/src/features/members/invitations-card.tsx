/** Who was asked in and has not come yet. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Send, X } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { IconButton } from '@/shared/ui/button'
import { Confirm } from '@/shared/ui/confirm'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { invitationsQuery, resend, withdraw, type Invitation, type Invited as Made } from './api'
import { Invited } from './invited'
import { useRoleWords } from './roles'

const DAY = { day: 'numeric', month: 'short' } as const

export function InvitationsCard() {
  const query = useQuery(invitationsQuery())
  const [made, setMade] = useState<Made | null>(null)
  if (query.data?.data.length === 0 && made === null) return null
  return (
    <Card title={t('Invited')} about={t('They have not come in yet.')}>
      <Part query={query} what={t('the invitations')}>
        {({ data }) => (
          <ul aria-label={t('Invited')} className="divide-y divide-line">
            {data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} onSent={setMade} />
            ))}
          </ul>
        )}
      </Part>
      {made !== null && <Invited made={made} onClose={() => setMade(null)} />}
    </Card>
  )
}

function InvitationRow({ invitation, onSent }: { invitation: Invitation; onSent: (made: Made) => void }) {
  const { id, email, invited_by: by, expires_at: ends, is_too_old: isTooOld } = invitation
  const [isEnding, setEnding] = useState(false)
  const client = useQueryClient()
  const again = useMutation({
    mutationFn: () => resend(id),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['invitations'] })
      onSent(made)
    },
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
  })
  return (
    <li className="flex items-start gap-3 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <bdi dir="ltr" className="min-w-0 truncate font-medium">
            {email}
          </bdi>
          {isTooOld && <Badge tone="lamp">{t('Too old')}</Badge>}
        </p>
        <p className="text-sm text-soft">{useRoleWords(invitation.memberships)}</p>
        <p className="text-xs text-faint">
          {by !== null && `${t('by {name}', { name: by })} · `}
          {isTooOld ? t('ended {when}', { when: date(ends, DAY) }) : t('until {when}', { when: date(ends, DAY) })}
        </p>
      </div>
      <IconButton label={t('Send again to {email}', { email })} disabled={again.isPending} onClick={() => again.mutate()}>
        <Send aria-hidden className="size-4 rtl:-scale-x-100" />
      </IconButton>
      <IconButton label={t('Withdraw the invitation of {email}', { email })} onClick={() => setEnding(true)}>
        <X aria-hidden className="size-4" />
      </IconButton>
      {isEnding && <Withdraw invitation={invitation} onClose={() => setEnding(false)} />}
    </li>
  )
}

function Withdraw({ invitation: { id, email }, onClose }: { invitation: Invitation; onClose: () => void }) {
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => withdraw(id),
    onSuccess: () => toast({ text: t('The link opens nothing any more.') }),
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  })
  return (
    <Confirm
      danger
      title={t('Withdraw this invitation?')}
      verb={t('Withdraw')}
      busy={end.isPending}
      problem={end.error && wordsFor(end.error)}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    >
      {t('The link that {email} has opens nothing any more.', { email })}
    </Confirm>
  )
}
