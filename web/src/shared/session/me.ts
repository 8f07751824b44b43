/** Who is signed in and what they may do, for the pages under the layout. */
import { createContext, use } from 'react'
import type { Me } from '@/shared/api/types'

export type Permission = Me['company'][number]

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = use(MeContext)
  if (me === null) throw new Error('useMe is only for pages inside the layout')
  return me
}

/** Whether they may do this: at one business, or without one anywhere at all. What they may not do is not shown. */
export function useMay(permission: Permission, businessId?: string): boolean {
  return useMayCheck()(permission, businessId)
}

/** The same as a function, for a list of things. */
export function useMayCheck(): (permission: Permission, businessId?: string) => boolean {
  const me = useMe()
  return (permission, businessId) => {
    if (businessId !== undefined) return me.grants[businessId]?.includes(permission) ?? false
    return me.company.includes(permission) || Object.values(me.grants).some((may) => may.includes(permission))
  }
}

/** A name for what belongs to this person on this device. */
export const ownerOf = ({ organization, user, name }: Me): string => `${organization.id}.${user?.id ?? name}`
