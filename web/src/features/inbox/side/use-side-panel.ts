/** Whether the panel beside the thread is open: remembered where there is room for it, asked for where there is none. */
import { useState, useSyncExternalStore } from 'react'

const WIDE = '(min-width: 90rem)'
const KEY = 'serai.side-panel'

export interface SidePanelState {
  open: boolean
  /** There is room for it beside the thread. */
  isWide: boolean
  toggle: () => void
}

export function useSidePanel(): SidePanelState {
  const isWide = useSyncExternalStore(watch, () => matchMedia(WIDE).matches)
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

function watch(tell: () => void): () => void {
  const query = matchMedia(WIDE)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}
