/**
 * What the server tells this page, by kind:
 *
 *     useNews('presence', ({ conversation_id }) => …)
 *
 * `conversation` and `message` come from the event log, others from `engine/news.py`. News is a hint to
 * ask the API again; `resync` means that some may have been missed.
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { LiveState, News } from '@/shared/api/live'
import { listenTogether } from './one-for-all'

type Hear = (data: News['data']) => void

const hearers = new Map<string, Set<Hear>>()
const watchers = new Set<() => void>()
let current: LiveState = 'connecting'

/** Once, over all pages: from here on this tab hears what `whose` is told. */
export function useListening(whose: string | null): void {
  useEffect(() => {
    if (whose === null) return
    const stop = new AbortController()
    listenTogether(whose, { onNews: pass, onState: change }, stop.signal)
    return () => {
      stop.abort()
      change('connecting')
    }
  }, [whose])
}

/** Call `hear` for each news of this kind while the component is shown. */
export function useNews(kind: string, hear: Hear): void {
  const heard = useEffectEvent(hear)
  useEffect(() => {
    const call: Hear = (data) => heard(data)
    const all = hearers.get(kind) ?? new Set()
    hearers.set(kind, all.add(call))
    return () => void all.delete(call)
  }, [kind])
}

export const liveState = (): LiveState => current

export function useLiveState(): LiveState {
  return useSyncExternalStore(watch, liveState)
}

function pass({ kind, data }: News): void {
  for (const hear of hearers.get(kind) ?? []) hear(data)
}

function change(state: LiveState): void {
  current = state
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
