/** Which role somebody has: in the whole company, or at each business. */
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Select } from '@/shared/ui/select'
import type { Membership, Role } from './api'

const ROLES: Role[] = ['owner', 'manager', 'agent', 'analyst', 'auditor']
const NONE = 'none'

export function roleName(role: Role): string {
  switch (role) {
    case 'owner':
      return t('Owner')
    case 'manager':
      return t('Manager')
    case 'agent':
      return t('Agent')
    case 'analyst':
      return t('Analyst')
    case 'auditor':
      return t('Auditor')
  }
}

interface Props {
  memberships: Membership[]
  onChange: (memberships: Membership[]) => void
}

export function RolesForm({ memberships, onChange }: Props) {
  const { businesses } = useMe()
  const roleAt = (id: string | null) => memberships.find((each) => each.business_id === id)?.role ?? NONE
  const set = (id: string | null) => (role: string) => {
    const others = memberships.filter((each) => each.business_id !== id)
    onChange(role === NONE ? others : [...others, { business_id: id, role: role as Role }])
  }
  const options = (roles: Role[]): [string, string][] => [[NONE, t('No role')], ...roles.map((role): [string, string] => [role, roleName(role)])]
  return (
    <div className="grid gap-3">
      <Select label={t('In the whole company')} value={roleAt(null)} options={options(ROLES)} onChange={set(null)} />
      {businesses.map(({ id, name }) => (
        <Select key={id} label={name} value={roleAt(id)} options={options(ROLES.slice(1))} onChange={set(id)} />
      ))}
    </div>
  )
}
