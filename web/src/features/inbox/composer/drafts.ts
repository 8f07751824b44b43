/**
 * What was begun and not sent: at once on this device, for the others on the server a moment later or as soon as the
 * page is left.
 */
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import { deskKeys } from './desk-api'

const PREFIX = 'serai.draft.'
const REST_MS = 800
/** What the server has yet to be told, by conversation. */
const pending = new Map<string, { timer: ReturnType<typeof setTimeout>; say: () => void }>()

/** What the server could not be told: it is told again after a gap that grows, and as soon as there is a network. */
const untold = new Map<string, () => void>()
const FIRST_GAP_MS = 2_000
const LONGEST_GAP_MS = 60_000
let gap = FIRST_GAP_MS
let again: ReturnType<typeof setTimeout> | undefined

export function draftOf(conversationId: string): string {
  return sessionStorage.getItem(PREFIX + conversationId) ?? ''
}

/** `now`: it was sent, or put back: the others learn of it at once. */
export function keepDraft(client: QueryClient, conversationId: string, text: string, now = false): void {
  if (text === '') sessionStorage.removeItem(PREFIX + conversationId)
  else sessionStorage.setItem(PREFIX + conversationId, text)
  clearTimeout(pending.get(conversationId)?.timer)
  const say = () => {
    pending.delete(conversationId)
    void tell(client, conversationId, text)
  }
  pending.set(conversationId, { timer: setTimeout(say, now ? 0 : REST_MS), say })
}

/** A page that is left, or put aside on a phone, may never come to its timers. */
function tellAll(): void {
  for (const { timer, say } of pending.values()) {
    clearTimeout(timer)
    say()
  }
}
window.addEventListener('pagehide', tellAll)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') tellAll()
})

function tellAgain(): void {
  clearTimeout(again)
  again = undefined
  const all = [...untold.values()]
  untold.clear()
  for (const say of all) say()
}
window.addEventListener('online', () => {
  gap = FIRST_GAP_MS
  tellAgain()
})

function tellLater(conversationId: string, say: () => void): void {
  untold.set(conversationId, say)
  if (again !== undefined) return
  again = setTimeout(tellAgain, gap)
  gap = Math.min(2 * gap, LONGEST_GAP_MS)
}

/** The request outlives the page. */
async function tell(client: QueryClient, conversationId: string, text: string): Promise<void> {
  untold.delete(conversationId)
  const params = { params: { path: { conversation_id: conversationId } }, body: { text }, keepalive: true }
  const answer = await api.PUT('/api/v1/conversations/{conversation_id}/draft', params).catch(() => null)
  if (isHeard(answer?.response)) gap = FIRST_GAP_MS
  // What was written meanwhile is told by its own timer.
  else if (!pending.has(conversationId)) tellLater(conversationId, () => void tell(client, conversationId, text))
  await client.invalidateQueries({ queryKey: deskKeys.drafts })
}

/** A refusal is an answer too: the same words would be refused again. */
const isHeard = (response: Response | undefined) => response !== undefined && response.status < 500 && response.status !== 429

const PUT_BACK = 'serai:put-back'

/** Words that were sent and taken back go to the box again. */
export function putBack(client: QueryClient, conversationId: string, text: string): void {
  const before = draftOf(conversationId)
  const whole = before === '' ? text : `${text}\n${before}`
  keepDraft(client, conversationId, whole, true)
  window.dispatchEvent(new CustomEvent(PUT_BACK, { detail: { conversationId, text: whole } }))
}

export function usePutBack(conversationId: string, onText: (text: string) => void): void {
  useEffect(() => {
    const listen = (event: Event) => {
      const { detail } = event as CustomEvent<{ conversationId: string; text: string }>
      if (detail.conversationId === conversationId) onText(detail.text)
    }
    window.addEventListener(PUT_BACK, listen)
    return () => window.removeEventListener(PUT_BACK, listen)
  })
}
