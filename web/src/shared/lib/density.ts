/** How close together things stand; kept on this device. */
import { useSyncExternalStore } from 'react'

export type Density = 'comfortable' | 'compact'

const NAME = 'serai.density'
const listeners = new Set<() => void>()

export function applyDensity(): void {
  document.documentElement.dataset['density'] = currentDensity()
}

export function useDensity(): Density {
  return useSyncExternalStore(listen, currentDensity)
}

export function setDensity(density: Density): void {
  localStorage.setItem(NAME, density)
  applyDensity()
  for (const listener of listeners) listener()
}

function currentDensity(): Density {
  return localStorage.getItem(NAME) === 'compact' ? 'compact' : 'comfortable'
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
