/** Light, dark, or as the system says; kept on this device. */
import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const NAME = 'serai.theme'
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const listeners = new Set<() => void>()

export function applyTheme(): void {
  const theme = currentTheme()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export function useTheme(): { theme: Theme; turn: () => void } {
  const theme = useSyncExternalStore(listen, currentTheme)
  return { theme, turn: () => setTheme(NEXT[theme]) }
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(NAME, theme)
  applyTheme()
  for (const listener of listeners) listener()
}

function currentTheme(): Theme {
  const kept = localStorage.getItem(NAME)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
