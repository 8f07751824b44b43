/** Says that somebody looks at a conversation, or writes in it, and who else does. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { api } from '@/shared/api/client'
import { serverNow } from '@/shared/api/server-clock'
import { useNews } from '@/shared/live/live'
import { newId } from '@/shared/lib/new-id'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { presenceQuery, teamKeys, type Here } from './api'

/** The server forgets somebody 45 seconds after they last said that they are there. */
const VIEWING_MS = 20_000
/** And that they write after 8. */
const TYPING_MS = 4_000
const LOOK_MS = 2_000
/** This tab: when it is closed, another that shows the conversation too still does. */
const PAGE = newId()

/** Who else has it before their eyes. */
export function useOthersHere(conversationId: string): (Here & { isTyping: boolean })[] {
  const me = useMe()
  const client = useQueryClient()
  const { data } = useQuery(presenceQuery(conversationId))
  useNow(LOOK_MS)
  useNews('presence', ({ conversation_id: id }) => {
    if (id === conversationId) void client.invalidateQueries({ queryKey: teamKeys.presence(conversationId) })
  })
  const now = serverNow()
  return (data?.data ?? [])
    .filter((each) => each.id !== me.id && Date.parse(each.until) > now)
    .map((each) => ({ ...each, isTyping: each.typing_until !== null && Date.parse(each.typing_until) > now }))
}

/** While the page is before somebody's eyes. */
export function useBeHere(conversationId: string): void {
  const isUser = useMe().kind === 'user'
  useEffect(() => {
    if (!isUser) return
    const say = () => {
      if (document.visibilityState === 'visible') tell(conversationId, 'viewing')
    }
    const look = () => (document.visibilityState === 'visible' ? say() : leave(conversationId))
    say()
    const timer = setInterval(say, VIEWING_MS)
    const close = () => leave(conversationId)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('pagehide', close)
    window.addEventListener('pageshow', say)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('pagehide', close)
      window.removeEventListener('pageshow', say)
      close()
    }
  }, [conversationId, isUser])
}

/** Call it at every change of what is written, with whether anything is there: colleagues see who writes. */
export function useTellTyping(conversationId: string): (isWriting: boolean) => void {
  const isUser = useMe().kind === 'user'
  const toldAt = useRef(-Infinity)
  return useCallback(
    (isWriting) => {
      const lately = performance.now() - toldAt.current < TYPING_MS
      if (!isUser || lately === isWriting) return
      toldAt.current = isWriting ? performance.now() : -Infinity
      tell(conversationId, isWriting ? 'typing' : 'viewing')
    },
    [conversationId, isUser],
  )
}

const at = (id: string) => ({ params: { path: { conversation_id: id } } })

/** That it cannot be told disturbs nobody. */
function tell(id: string, doing: 'viewing' | 'typing'): void {
  void api.PUT('/api/v1/conversations/{conversation_id}/presence', { ...at(id), body: { doing, page: PAGE } }).catch(() => undefined)
}

/** The request outlives the page that is being closed. */
function leave(id: string): void {
  const params = { path: { conversation_id: id }, query: { page: PAGE } }
  void api.DELETE('/api/v1/conversations/{conversation_id}/presence', { params, keepalive: true }).catch(() => undefined)
}
