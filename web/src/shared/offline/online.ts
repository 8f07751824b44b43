/** Whether the server can be reached, as far as this page knows. */
import { useSyncExternalStore } from 'react'
import { liveState, useLiveState } from '@/shared/live/live'

/** The browser says so at once; a network that leads nowhere shows when the live stream does not come back. */
export const isOnline = (): boolean => navigator.onLine && liveState() !== 'lost'

export function useOnline(): boolean {
  const hasNetwork = useHasNetwork()
  return useLiveState() !== 'lost' && hasNetwork
}

export function useHasNetwork(): boolean {
  return useSyncExternalStore(watch, () => navigator.onLine)
}

function watch(watcher: () => void): () => void {
  addEventListener('online', watcher)
  addEventListener('offline', watcher)
  return () => {
    removeEventListener('online', watcher)
    removeEventListener('offline', watcher)
  }
}
