/** Installing Serai like an app: the browser says when it can be, we ask when somebody wants it. */
import { useSyncExternalStore } from 'react'

interface InstallEvent extends Event {
  prompt: () => Promise<unknown>
}

const watchers = new Set<() => void>()
let offer: InstallEvent | null = null

function change(next: InstallEvent | null): void {
  offer = next
  for (const watcher of watchers) watcher()
}

globalThis.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  change(event as InstallEvent)
})
globalThis.addEventListener('appinstalled', () => change(null))

/** null: it is installed, or this browser has its own way. */
export function useInstall(): (() => void) | null {
  const event = useSyncExternalStore(watch, () => offer)
  if (event === null) return null
  return () => {
    change(null)
    void event.prompt()
  }
}

export const isInstalled = () => matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
