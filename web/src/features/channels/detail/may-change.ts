/** Whether the channel on this page may be changed by whoever looks at it. */
import { createContext, use } from 'react'

export const MayChange = createContext(false)

export const useMayChange = () => use(MayChange)
