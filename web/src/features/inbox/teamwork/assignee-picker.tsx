/** Whose conversations these are: a person, a team, or nobody. Opened by its button or by its key. */
import { useQuery } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { Suspense, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { useHint, useKeyMarks } from '@/shared/keys/shown'
import { useMay, useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { Choices, type Choice } from '@/shared/ui/combobox'
import { Popover } from '@/shared/ui/popover'
import { colleaguesQuery, teamsQuery } from './api'
import { useAssign } from './mutations'

interface Props {
  conversationIds: string[]
  businessId: string
  assignee: { id: string; name: string | null } | null
  teamId: string | null
  /** In place of the name. */
  face?: ReactNode
  className?: string
}

const NOBODY = 'nobody'

export function AssigneePicker({ conversationIds, businessId, assignee, teamId, face, className }: Props) {
  const assign = useAssign(conversationIds)
  const choose = (value: string) => {
    const [kind, id] = value.split(':')
    if (value === NOBODY) assign.mutate({ assigneeId: null })
    else if (kind === 'team') assign.mutate({ teamId: id === teamId ? null : (id ?? null) })
    else assign.mutate({ assigneeId: id ?? null })
  }
  const name = assignee?.name ?? t('Somebody')
  const words = assignee === null ? t('Assign') : t('Assigned to {name}', { name })
  const marks = useKeyMarks('assign')
  const hint = useHint('assign', words)
  return (
    <Popover
      label={t('Assign to')}
      side="bottom"
      align="end"
      className="w-72"
      buttonProps={{
        'aria-label': words,
        title: hint,
        ...marks,
        className:
          className ??
          'inline-flex h-9 min-w-0 shrink-0 items-center gap-1.5 rounded-lg border border-line-strong bg-raised px-2 text-sm font-medium hover:bg-sunken',
      }}
      face={face ?? <Face assignee={assignee} />}
    >
      <Suspense>
        <List businessId={businessId} chosen={[...(assignee === null ? [NOBODY] : [`user:${assignee.id}`]), `team:${teamId ?? ''}`]} onChoose={choose} />
      </Suspense>
    </Popover>
  )
}

function Face({ assignee }: Pick<Props, 'assignee'>) {
  if (assignee === null) {
    return (
      <>
        <UserRoundPlus aria-hidden className="size-4 shrink-0 text-soft" />
        <span className="hidden @min-[36rem]:inline">{t('Assign')}</span>
      </>
    )
  }
  return (
    <>
      <Avatar id={assignee.id} name={assignee.name ?? '?'} size="small" />
      <bdi className="hidden max-w-28 truncate @min-[44rem]:inline">{assignee.name}</bdi>
    </>
  )
}

function List({ businessId, chosen, onChoose }: { businessId: string; chosen: string[]; onChoose: (value: string) => void }) {
  const me = useMe()
  const mayGive = useMay('conversations:assign', businessId)
  const colleagues = useQuery(colleaguesQuery(businessId))
  const teams = useQuery(teamsQuery)
  const answering = (colleagues.data?.data ?? []).filter(({ role }) => role !== 'analyst' && role !== 'auditor')
  const mine = answering.filter(({ id }) => id === me.id)
  const others = mayGive ? answering.filter(({ id }) => id !== me.id) : []
  const choices: Choice[] = [
    ...mine.map((each) => ({ value: `user:${each.id}`, label: t('Me'), about: each.name, words: [each.name], mark: <Mark {...each} /> })),
    ...(mayGive ? [{ value: NOBODY, label: t('Nobody') }] : []),
    ...others.map((each) => ({ value: `user:${each.id}`, label: each.name, mark: <Mark {...each} /> })),
    ...(mayGive ? (teams.data?.data ?? []) : [])
      .filter((team) => team.business_id === businessId)
      .map((team) => ({ value: `team:${team.id}`, label: team.name, about: t('Team') })),
  ]
  return <Choices label={t('Assign to')} choices={choices} chosen={chosen} onChoose={onChoose} busy={colleagues.isPending} />
}

const Mark = ({ id, name }: { id: string; name: string }) => <Avatar id={id} name={name} size="small" />
