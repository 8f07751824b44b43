/** Who is signed in, for the pages under the layout. */
import { createContext, use } from 'react'
import type { Me } from '@/shared/api/types'

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = use(MeContext)
  if (me === null) throw new Error('useMe is only for pages inside the layout')
  return me
}
