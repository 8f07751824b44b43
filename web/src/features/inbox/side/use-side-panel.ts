/** Whether the panel beside the thread is open: remembered where there is room for it, asked for where there is none. */
import { useState } from 'react'
import { useFits } from '@/shared/lib/use-fits'

const KEY = 'serai.side-panel'

export interface SidePanelState {
  open: boolean
  /** There is room for it beside the thread. */
  isWide: boolean
  toggle: () => void
}

export function useSidePanel(): SidePanelState {
  const isWide = useFits('panel')
  const [stays, setStays] = useState(() => localStorage.getItem(KEY) !== 'closed')
  const [asked, setAsked] = useState(false)
  const toggle = () => {
    if (isWide) {
      localStorage.setItem(KEY, stays ? 'closed' : 'open')
      setStays(!stays)
    } else setAsked(!asked)
  }
  return { open: isWide ? stays : asked, isWide, toggle }
}
