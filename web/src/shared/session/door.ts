/**
 * Whether somebody is signed in here. The cookie that says so is not for pages to read, so this device remembers that
 * there was one; the server has the last word.
 */
import { useSyncExternalStore } from 'react'

const NAME = 'serai.signed-in'
const listeners = new Set<() => void>()

/** Of a link that signs in (`#once=…`); used once, and never left in the address. */
let link = fromAddress()
let isIn = link !== null || localStorage.getItem(NAME) !== null
let wasSentOut = false

/** Called for its effect on the address bar: a secret must not stay in the history. */
function fromAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('once')
  if (token === null || token === '') return null
  history.replaceState(history.state, '', location.pathname + location.search)
  return token
}

/** A link of a letter or of the demo, opened in a tab that shows a page of ours, changes the hash alone: begin anew with it. */
globalThis.addEventListener('hashchange', () => {
  if (/(^#|&)(once|token)=./.test(location.hash)) location.reload()
})

export function takeLink(): string | null {
  const token = link
  link = null
  return token
}

/** The server let them in. */
export function enter(): void {
  localStorage.setItem(NAME, 'yes')
  change(true, false)
}

/** Nobody is signed in any more; `byServer` when it was the server that ended the session. */
export function leave(byServer = false): void {
  if (!isIn) return
  localStorage.removeItem(NAME)
  change(false, byServer)
}

/** Whether the person of last time is still in, as far as this device knows. */
export const isStillIn = (): boolean => isIn && link === null

/** Call `forget` each time when nobody is in any more. */
export function whenOut(forget: () => void): void {
  listen(() => {
    if (!isIn) forget()
  })
}

export interface Door {
  isIn: boolean
  /** Their session ended without their doing. */
  wasSentOut: boolean
}

export function useDoor(): Door {
  const inside = useSyncExternalStore(listen, () => isIn)
  return { isIn: inside, wasSentOut }
}

function change(next: boolean, byServer: boolean): void {
  isIn = next
  wasSentOut = byServer
  for (const listener of listeners) listener()
}

/** Signing in or out in one tab does so in all. */
function listen(listener: () => void): () => void {
  const follow = (event: StorageEvent) => {
    if (event.key === NAME && (event.newValue !== null) !== isIn) change(event.newValue !== null, false)
  }
  globalThis.addEventListener('storage', follow)
  listeners.add(listener)
  return () => {
    globalThis.removeEventListener('storage', follow)
    listeners.delete(listener)
  }
}
