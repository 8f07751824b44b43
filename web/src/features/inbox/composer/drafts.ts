/** What was begun and not sent: at once on this device, a moment later on the server for the others. */
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import { deskKeys } from './desk-api'

const PREFIX = 'serai.draft.'
const REST_MS = 800
const timers = new Map<string, ReturnType<typeof setTimeout>>()

export function draftOf(conversationId: string): string {
  return sessionStorage.getItem(PREFIX + conversationId) ?? ''
}

/** `now`: it was sent, or put back: the others learn of it at once. */
export function keepDraft(client: QueryClient, conversationId: string, text: string, now = false): void {
  if (text === '') sessionStorage.removeItem(PREFIX + conversationId)
  else sessionStorage.setItem(PREFIX + conversationId, text)
  clearTimeout(timers.get(conversationId))
  timers.set(
    conversationId,
    setTimeout(() => void tell(client, conversationId, text), now ? 0 : REST_MS),
  )
}

async function tell(client: QueryClient, conversationId: string, text: string): Promise<void> {
  const params = { params: { path: { conversation_id: conversationId } }, body: { text } }
  await api.PUT('/api/v1/conversations/{conversation_id}/draft', params).catch(() => undefined)
  await client.invalidateQueries({ queryKey: deskKeys.drafts })
}

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
