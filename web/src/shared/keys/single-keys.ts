/** Whether single letters do something; kept on this device, as they get in the way of some ways to type. */
import { useSyncExternalStore } from 'react'

const NAME = 'serai.single-keys'
const listeners = new Set<() => void>()

export const singleKeysAreOn = (): boolean => localStorage.getItem(NAME) !== 'off'

export function useSingleKeys(): boolean {
  return useSyncExternalStore(listen, singleKeysAreOn)
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(NAME)
  else localStorage.setItem(NAME, 'off')
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
