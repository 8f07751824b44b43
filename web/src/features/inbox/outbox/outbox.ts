/**
 * Replies that were written without a network: on this device, in their order, until they are sent or dropped.
 *
 * Each has the key that makes sending it harmless to repeat, so a page that closes between the
 * server's answer and our note of it sends nothing twice.
 */
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval'
import { useSyncExternalStore } from 'react'
import { onForget } from '@/shared/offline/forget'
import type { Outgoing } from '../outgoing'

export interface Queued extends Outgoing {
  conversationId: string
  owner: string
  /** Why it cannot be sent any more; null while it waits. */
  refused: string | null
}

let store: UseStore | null = null
let rows: readonly Queued[] = []
let isRead = false
const watchers = new Set<() => void>()
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('serai.outbox')
others?.addEventListener('message', () => void read())

const stored = (): UseStore => (store ??= createStore('serai-outbox', 'replies'))

async function read(): Promise<void> {
  const all = await entries<string, Queued>(stored()).catch(() => [])
  rows = all.map(([, row]) => row).sort((a, b) => a.at.localeCompare(b.at))
  isRead = true
  for (const watcher of watchers) watcher()
}

async function changed(): Promise<void> {
  await read()
  others?.postMessage('changed')
}

/** The oldest first. */
export async function queuedOf(owner: string): Promise<readonly Queued[]> {
  await read()
  return rows.filter((row) => row.owner === owner)
}

export async function enqueue(row: Queued): Promise<void> {
  await set(row.key, row, stored())
  await changed()
}

export async function dequeue(key: string): Promise<void> {
  await del(key, stored())
  await changed()
}

onForget(async () => {
  await clear(stored()).catch(() => undefined)
  await changed()
})

/** Whether something for this conversation waits. */
export const isWaiting = (conversationId: string): boolean =>
  rows.some((row) => row.conversationId === conversationId && row.refused === null)

export function useQueued(): readonly Queued[] {
  return useSyncExternalStore(watch, () => rows)
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  if (!isRead) void read()
  return () => watchers.delete(watcher)
}
