/** Where one was mentioned counts as seen once the conversation is before one's eyes. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import { useNews } from '@/shared/live/live'
import { useMe } from '@/shared/session/me'
import { teamKeys } from './api'

export function useReadMentions(conversationId: string): void {
  const client = useQueryClient()
  const isUser = useMe().kind === 'user'
  const read = () => {
    if (!isUser) return
    const params = { params: { path: { conversation_id: conversationId } } }
    void api
      .POST('/api/v1/conversations/{conversation_id}/mentions/read', params)
      .then(() => client.invalidateQueries({ queryKey: teamKeys.counts }))
      .catch(() => undefined)
  }
  // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each conversation that is opened
  useEffect(read, [conversationId])
  useNews('mention', ({ conversation_id: id }) => {
    if (id === conversationId && document.visibilityState === 'visible') read()
  })
}
