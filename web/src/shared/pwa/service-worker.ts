/** The service worker as a page sees it: registered once, asked for news now and then, told when it may take over. */
import { useSyncExternalStore } from 'react'

/** A page that is open for days must hear of a new version too. */
const LOOK_MS = 30 * 60_000

let started: Promise<void> | null = null
const watchers = new Set<() => void>()
let waiting: ServiceWorker | null = null

/** `onOpen`: a notification was pressed that shows this page. */
export function startServiceWorker(onOpen: (path: string) => void): Promise<void> {
  return (started ??= start(onOpen))
}

async function start(onOpen: (path: string) => void): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ open?: string }>) => {
    if (data.open !== undefined) onOpen(data.open)
  })
  const registration = await serviceWorker.register('/service-worker.js', { updateViaCache: 'none' })
  mind(registration)
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => mind(registration))
  })
  setInterval(() => void registration.update().catch(() => undefined), LOOK_MS)
}

/** The first one takes over by itself; a later one waits until nobody is in the middle of something. */
function mind(registration: ServiceWorkerRegistration): void {
  waiting = navigator.serviceWorker.controller === null ? null : registration.waiting
  for (const watcher of watchers) watcher()
}

/** A newer version is there: `reload` shows it. */
export function useNewVersion(): { reload: () => void } | null {
  const worker = useSyncExternalStore(watch, () => waiting)
  if (worker === null) return null
  return {
    reload: () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      worker.postMessage('take over')
    },
  }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
