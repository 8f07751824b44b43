/** Everything the inbox changes on the server. */
import {
  useMutation,
  useMutationState,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { api } from '@/shared/api/client'
import { answer, Problem } from '@/shared/api/problem'
import type { Conversation, Message, MessagePage } from '@/shared/api/types'
import { newId } from '@/shared/lib/new-id'
import { isOnline } from '@/shared/offline/online'
import { ownerOf, useMe } from '@/shared/session/me'
import { keys } from './api'
import type { Outgoing } from './outgoing'
import { dequeue, enqueue, isWaiting, useQueued, type Queued } from './outbox/outbox'

/** Sends; the same key again gives the same answer and sends nothing more. */
export const post = (conversationId: string, { key, content, replyTo, confirm }: Outgoing) =>
  answer(
    api.POST('/api/v1/conversations/{conversation_id}/messages', {
      params: { path: { conversation_id: conversationId }, query: { confirm: confirm === true } },
      headers: { 'Idempotency-Key': key },
      body: { content, ...(replyTo !== undefined && { reply_to: replyTo }) },
    }),
  )

/** Sends, or keeps it until there is a network; until the server has answered, `useOutgoing` shows it in the thread. */
export function useSend(conversationId: string) {
  const client = useQueryClient()
  const owner = ownerOf(useMe())
  const queue = async (outgoing: Outgoing) => {
    await enqueue({ ...outgoing, conversationId, owner, refused: null })
    return null
  }
  return useMutation({
    mutationKey: keys.sending(conversationId),
    // One after the other, so that they arrive in the order they were written in.
    scope: { id: `sending ${conversationId}` },
    mutationFn: async (outgoing: Outgoing) => {
      // Behind those that wait, so that it does not overtake them.
      if (isWaiting(conversationId)) return queue(outgoing)
      try {
        return await post(conversationId, outgoing)
      } catch (error) {
        if (isOnline()) throw error
        return queue(outgoing)
      }
    },
    // One that was not sent stays until somebody decides about it.
    gcTime: Infinity,
    onSuccess: (message, { key }) => {
      if (message !== null) addToThread(client, message)
      drop(client, conversationId, key)
    },
    onSettled: () => void refreshConversation(client, conversationId),
  })
}

export interface OutgoingState {
  outgoing: Outgoing
  /** null while under way. */
  error: Error | null
  /** It waits on this device for a network. */
  isQueued: boolean
}

/** Those the server has not taken: still under way, or not sent. Oldest first. */
export function useOutgoing(conversationId: string): OutgoingState[] {
  const sending = useMutationState({
    filters: { mutationKey: keys.sending(conversationId) },
    select: ({ state }): OutgoingState => ({ outgoing: state.variables as Outgoing, error: state.error, isQueued: false }),
  })
  const queued = useQueued().filter((row) => row.conversationId === conversationId)
  if (queued.length === 0) return sending
  return [...queued.map(stateOfQueued), ...sending]
}

const stateOfQueued = (row: Queued): OutgoingState => ({
  outgoing: row,
  error: row.refused === null ? null : new Problem(422, 'refused_later', row.refused),
  isQueued: row.refused === null,
})

/** Take one that was not sent out of the thread, and off this device. */
export function discard(client: QueryClient, conversationId: string, key: string): void {
  drop(client, conversationId, key)
  void dequeue(key)
}

function drop(client: QueryClient, conversationId: string, key: string): void {
  const cache = client.getMutationCache()
  for (const mutation of cache.findAll({ mutationKey: keys.sending(conversationId) })) {
    if ((mutation.state.variables as Outgoing | undefined)?.key === key) cache.remove(mutation)
  }
}

interface NewReaction {
  message: Message
  /** null takes ours back. */
  emoji: string | null
}

export function useReact(conversationId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ message, emoji }: NewReaction) =>
      answer(
        api.POST('/api/v1/conversations/{conversation_id}/messages', {
          params: { path: { conversation_id: conversationId } },
          headers: { 'Idempotency-Key': newId() },
          body: { content: { type: 'reaction', message_id: message.id, emoji } },
        }),
      ),
    onSettled: () => void refreshConversation(client, conversationId),
  })
}

/** Meta shows "typing" for 25 seconds, or until we write. Source: WhatsApp Cloud API, typing indicators. */
const TYPING_MS = 20_000

/** Call it at every key; the person is told now and then. That it cannot be told disturbs nobody. */
export function useTyping(conversationId: string): () => void {
  const toldAt = useRef(-Infinity)
  return useCallback(() => {
    if (performance.now() - toldAt.current < TYPING_MS) return
    toldAt.current = performance.now()
    const params = { params: { path: { conversation_id: conversationId } } }
    void api.POST('/api/v1/conversations/{conversation_id}/typing', params).catch(() => undefined)
  }, [conversationId])
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
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.conversations })
      void client.invalidateQueries({ queryKey: ['counts'] })
      void client.invalidateQueries({ queryKey: ['lines', conversationId] })
    },
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

export function refreshConversation(client: QueryClient, conversationId: string) {
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
