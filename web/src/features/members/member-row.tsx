/** One colleague, and what can be done about them. */
import { useQueryClient } from '@tanstack/react-query'
import { Ban, MoreHorizontal, ShieldCheck, ShieldOff, Undo2, UserCog } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { shortAgo } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { Menu, type MenuEntry } from '@/shared/ui/menu'
import { toast, toastUndo } from '@/shared/ui/toast'
import { wordsFor } from '@/shared/api/problem'
import { disable, enable, type Member, type Membership } from './api'
import { ForgetFactor } from './forget-factor'
import { RolesDialog } from './roles-dialog'
import { useRoleWords } from './roles'

interface Props {
  member: Member
  mayWrite: boolean
  mayGive: Membership[]
}

type Asked = 'roles' | 'factor' | null

export function MemberRow({ member, mayWrite, mayGive }: Props) {
  const isYou = useMe().user?.id === member.id
  const [asked, ask] = useState<Asked>(null)
  const isOut = member.disabled_at !== null
  const entries = useEntries(member, isYou, ask)
  const close = () => ask(null)
  return (
    <li className="flex items-start gap-3 py-3.5 first:pt-0 last:pb-0">
      <span className={isOut ? 'grayscale' : undefined}>
        <Avatar id={member.id} name={member.name} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="min-w-0 truncate font-medium">{member.name}</bdi>
          {isYou && <span className="text-sm text-soft">{t('(you)')}</span>}
          {isOut && <Badge tone="quiet">{t('Disabled')}</Badge>}
          {member.has_second_factor && (
            <Badge tone="good">
              <ShieldCheck aria-hidden />
              {t('Second factor')}
            </Badge>
          )}
        </p>
        <p className="truncate text-sm text-soft">
          <bdi dir="ltr">{member.email}</bdi>
        </p>
        <p className="mt-0.5 text-sm">
          {useRoleWords(member.memberships)}
          <span className="text-faint"> · {useSeen(member)}</span>
        </p>
      </div>
      {mayWrite && member.may_change && (
        <Menu
          label={t('What to do about {name}', { name: member.name })}
          face={<MoreHorizontal aria-hidden className="size-4.5" />}
          buttonProps={{
            'aria-label': t('More about {name}', { name: member.name }),
            className: 'grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink',
          }}
          align="end"
          entries={entries}
        />
      )}
      {asked === 'roles' && <RolesDialog member={member} mayGive={mayGive} onClose={close} />}
      {asked === 'factor' && <ForgetFactor member={member} onClose={close} />}
    </li>
  )
}

function useSeen({ seen_at: seen }: Member): string {
  const now = useNow(60_000)
  return seen === null ? t('never here') : t('here {when}', { when: shortAgo(seen, now) })
}

function useEntries(member: Member, isYou: boolean, ask: (what: Asked) => void): MenuEntry[] {
  const turn = useTurn(member)
  const entries: MenuEntry[] = [{ label: t('Roles…'), icon: UserCog, onSelect: () => ask('roles') }]
  if (member.has_second_factor && !isYou) {
    entries.push({ label: t('Reset the second factor…'), icon: ShieldOff, onSelect: () => ask('factor') })
  }
  if (isYou) return entries
  if (member.disabled_at !== null) return [...entries, 'line', { label: t('Let in again'), icon: Undo2, onSelect: turn.in }]
  return [...entries, 'line', { label: t('Disable'), icon: Ban, danger: true, about: t('Signed out at once; nothing of theirs is lost.'), onSelect: turn.out }]
}

/** Keeping somebody out, and letting them in again, which undoes it. */
function useTurn({ id, name }: Member): { out: () => void; in: () => void } {
  const client = useQueryClient()
  const act = async (todo: (id: string) => Promise<unknown>, done: () => void) => {
    try {
      await todo(id)
      done()
    } catch (error) {
      toast({ text: wordsFor(error), tone: 'bad' })
    }
    await client.invalidateQueries({ queryKey: ['members'] })
  }
  const letIn = () => void act(enable, () => toast({ text: t('{name} may come in again.', { name }), tone: 'good' }))
  return { in: letIn, out: () => void act(disable, () => toastUndo(t('{name} was disabled and signed out.', { name }), letIn)) }
}
