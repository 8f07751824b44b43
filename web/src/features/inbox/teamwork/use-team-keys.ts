/** One key each for what is done most: A assigns, Z puts off; not while somebody writes. */
import { useEffect } from 'react'

const KEYS: Record<string, string> = { a: 'assign', z: 'snooze' }

export function useTeamKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = KEYS[event.key.toLowerCase()]
      if (name === undefined || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return
      const button = document.querySelector<HTMLElement>(`[data-shortcut="${name}"]`)
      if (button === null) return
      event.preventDefault()
      button.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null
}
