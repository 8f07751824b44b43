/** The roles, in words. */
import { list } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import type { Membership, Role } from './api'

/** The strongest first. */
export const ROLES: Role[] = ['owner', 'manager', 'agent', 'analyst', 'auditor']

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

export function roleAbout(role: Role): string {
  switch (role) {
    case 'owner':
      return t('Everything, also keys, businesses and the rules of signing in.')
    case 'manager':
      return t('Runs the work: people, channels, hours, automation, reports.')
    case 'agent':
      return t('Answers people, and keeps what is known of them.')
    case 'analyst':
      return t('Reads reports; sees no conversation.')
    case 'auditor':
      return t('Reads everything, changes nothing.')
  }
}

export function useRoleWords(memberships: Membership[]): string {
  const { businesses } = useMe()
  const place = (id: string | null) => businesses.find((each) => each.id === id)?.name ?? t('elsewhere')
  if (memberships.length === 0) return t('No role')
  return list(
    memberships.map(({ business_id: id, role }) =>
      id === null ? roleName(role) : t('{role} at {business}', { role: roleName(role), business: place(id) }),
    ),
  )
}
