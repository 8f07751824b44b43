/** Everything the inbox changes on the server. */
import {
  useMutation,
  useMutationState,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { Conversation, Message, MessagePage, NewContent } from '@/shared/api/types'
import { keys } from './api'

/** A message on its way to the server. The key makes trying again harmless. */
export interface Outgoing {
  key: string
  content: NewContent
  /** As the person will read it. */
  text: string
  at: string
}

/** Sends; until the server has answered, `useOutgoing` shows it in the thread. */
export function useSend(conversationId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: keys.sending(conversationId),
    mutationFn: ({ key, content }: Outgoing) =>
      answer(
        api.POST('/api/v1/conversations/{conversation_id}/messages', {
          params: { path: { conversation_id: conversationId } },
          headers: { 'Idempotency-Key': key },
          body: { content },
        }),
      ),
    // One that was not sent stays until somebody decides about it.
    gcTime: Infinity,
    onSuccess: (message, { key }) => {
      addToThread(client, message)
      discard(client, conversationId, key)
    },
    onSettled: () => void refreshConversation(client, conversationId),
  })
}

export interface OutgoingState {
  outgoing: Outgoing
  /** null while under way. */
  error: Error | null
}

/** Those the server has not taken: still under way, or not sent. Oldest first. */
export function useOutgoing(conversationId: string): OutgoingState[] {
  return useMutationState({
    filters: { mutationKey: keys.sending(conversationId) },
    select: ({ state }): OutgoingState => ({ outgoing: state.variables as Outgoing, error: state.error }),
  })
}

/** Take one that was not sent out of the thread. */
export function discard(client: QueryClient, conversationId: string, key: string): void {
  const cache = client.getMutationCache()
  for (const mutation of cache.findAll({ mutationKey: keys.sending(conversationId) })) {
    if ((mutation.state.variables as Outgoing | undefined)?.key === key) cache.remove(mutation)
  }
}

export function useSetStatus(conversationId: string) {
  const client = useQueryClient()
  const params = { params: { path: { conversation_id: conversationId } } }
  return useMutation({
    mutationFn: (status: 'open' | 'resolved') =>
      answer(
        status === 'resolved'
          ? api.POST('/api/v1/conversations/{conversation_id}/resolve', params)
          : api.POST('/api/v1/conversations/{conversation_id}/reopen', params),
      ),
    onSuccess: (conversation: Conversation) => client.setQueryData(keys.conversation(conversationId), conversation),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.conversations }),
  })
}

export function useMarkRead(conversationId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/conversations/{conversation_id}/read', {
          params: { path: { conversation_id: conversationId } },
        }),
      ),
    onSettled: () => void refreshConversation(client, conversationId),
  })
}

function refreshConversation(client: QueryClient, conversationId: string) {
  return Promise.all([
    client.invalidateQueries({ queryKey: keys.conversations }),
    client.invalidateQueries({ queryKey: keys.conversation(conversationId) }),
    client.invalidateQueries({ queryKey: keys.messages(conversationId) }),
  ])
}

function addToThread(client: QueryClient, message: Message): void {
  client.setQueryData<InfiniteData<MessagePage>>(keys.messages(message.conversation_id), (old) => {
    const [first, ...rest] = old?.pages ?? []
    if (old === undefined || first === undefined) return old
    const others = first.data.filter(({ id }) => id !== message.id)
    return { ...old, pages: [{ ...first, data: [message, ...others] }, ...rest] }
  })
}
