/** Which role somebody has: in the whole company, or at each business. Only roles that whoever chooses may give. */
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Radios } from '@/shared/ui/radios'
import { Select } from '@/shared/ui/select'
import type { Membership, Role } from './api'
import { roleAbout, roleName, ROLES } from './roles'

const NONE = 'none'

type Choice = Role | typeof NONE

interface Props {
  memberships: Membership[]
  mayGive: Membership[]
  onChange: (memberships: Membership[]) => void
}

export function RolesForm({ memberships, mayGive, onChange }: Props) {
  const { businesses } = useMe()
  const rolesAt = (id: string | null) => ROLES.filter((role) => mayGive.some((each) => each.business_id === id && each.role === role))
  const isWide = rolesAt(null).length > 0
  const [isByBusiness, setByBusiness] = useState(!isWide || memberships.some((each) => each.business_id !== null))
  const set = (id: string | null) => (role: Choice) => {
    const others = memberships.filter((each) => each.business_id !== id)
    onChange(role === NONE ? others : [...others, { business_id: id, role }])
  }
  const roleAt = (id: string | null): Choice => memberships.find((each) => each.business_id === id)?.role ?? NONE
  const wide = roleAt(null)
  return (
    <div className="grid gap-4">
      {isWide && (
        <Radios
          label={t('In the whole company')}
          value={wide}
          options={[...(isByBusiness ? [{ value: NONE as Choice, title: t('No role') }] : []), ...rolesAt(null).map(described)]}
          onChange={set(null)}
        />
      )}
      {isWide && wide !== 'owner' && !isByBusiness && (
        <button type="button" className="justify-self-start text-sm font-medium text-accent hover:underline" onClick={() => setByBusiness(true)}>
          {t('Give other roles at single businesses')}
        </button>
      )}
      {isByBusiness &&
        businesses
          .filter(({ id }) => rolesAt(id).length > 0)
          .map(({ id, name }) => <Select key={id} label={name} value={roleAt(id)} options={options(rolesAt(id))} onChange={(role) => set(id)(role as Choice)} />)}
    </div>
  )
}

const described = (role: Role) => ({ value: role as Choice, title: roleName(role), about: roleAbout(role) })

const options = (roles: Role[]): [string, string][] => [[NONE, t('No role')], ...roles.map((role): [string, string] => [role, roleName(role)])]
