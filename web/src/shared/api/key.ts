/** The API key of this tab: from the address once (`#key=…`), then kept for the tab's life only. */
import { useSyncExternalStore } from 'react'

const NAME = 'serai.key'
const listeners = new Set<() => void>()
let current = fromAddress() ?? sessionStorage.getItem(NAME)
let refused = false

/** Called for its effect on the address bar: a key must not stay in the history. */
function fromAddress(): string | null {
  const key = new URLSearchParams(location.hash.slice(1)).get('key')
  if (key === null || key === '') return null
  sessionStorage.setItem(NAME, key)
  history.replaceState(history.state, '', location.pathname + location.search)
  return key
}

export function apiKey(): string | null {
  return current
}

export function signIn(key: string): void {
  sessionStorage.setItem(NAME, key)
  change(key, false)
}

/** Forget the key; `byServer` when it was the server that no longer takes it. */
export function signOut(byServer = false): void {
  if (current === null) return
  sessionStorage.removeItem(NAME)
  change(null, byServer)
}

export function useApiKey(): { key: string | null; refused: boolean } {
  const key = useSyncExternalStore(listen, apiKey)
  return { key, refused }
}

function change(key: string | null, byServer: boolean): void {
  current = key
  refused = byServer
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
