/** Going to a message of the thread, asking for earlier ones until it is there. */
import { useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useState, type RefObject } from 'react'

const FLASH_MS = 1_700

/** `count`: how many messages are here; another try is made when it grows. */
export function useJump(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  loadOlder: (() => void) | null,
): (messageId: string) => void {
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const found = scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(wanted)}"]`)
    if (found == null) {
      // Nothing earlier is left: it is not here, and nothing happens.
      loadOlder?.()
      return
    }
    show(found)
    // Asked for again, it is gone to again.
    const done = setTimeout(() => setWanted(null), 0)
    return () => clearTimeout(done)
    // A new loadOlder alone is no reason to look again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, count])
  return useCallback((messageId: string) => setWanted(messageId), [])
}

function show(element: HTMLElement): void {
  element.scrollIntoView({ block: 'center', behavior: 'smooth' })
  element.querySelector<HTMLElement>('button[aria-expanded]')?.focus({ preventScroll: true })
  element.classList.add('flash')
  setTimeout(() => element.classList.remove('flash'), FLASH_MS)
}

/** `#message-…` in the address: a search led here. */
export function useHashJump(jump: (messageId: string) => void): void {
  const hash = useRouterState({ select: (state) => state.location.hash })
  useEffect(() => {
    const messageId = /^message-([0-9a-f-]{36})$/.exec(hash)?.[1]
    if (messageId !== undefined) jump(messageId)
  }, [hash, jump])
}
