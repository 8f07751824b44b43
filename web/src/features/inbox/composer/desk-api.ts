/** What the composer asks of the server besides sending: replies, drafts, habits, and what is to be said later. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { newId } from '@/shared/lib/new-id'

type Ok<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type FilledReply = Ok<'/api/v1/conversations/{conversation_id}/quick-replies'>[number]
export type FollowUp = Ok<'/api/v1/conversations/{conversation_id}/follow-ups'>[number]
export type Habits = Required<Ok<'/api/v1/me/habits'>>
type FollowUpBody =
  paths['/api/v1/conversations/{conversation_id}/follow-ups']['post']['requestBody']['content']['application/json']

export const deskKeys = {
  followUps: (id: string) => ['follow-ups', id] as const,
  drafts: ['drafts'] as const,
  habits: ['habits'] as const,
}

const at = (id: string) => ({ params: { path: { conversation_id: id } } })

/** As they would go to this person; names and hours may change, so they are not kept long. */
export const filledRepliesQuery = (id: string) =>
  queryOptions({
    queryKey: ['quick-replies', id],
    queryFn: () => answer(api.GET('/api/v1/conversations/{conversation_id}/quick-replies', at(id))),
    staleTime: 60_000,
  })

export const followUpsQuery = (id: string) =>
  queryOptions({
    queryKey: deskKeys.followUps(id),
    queryFn: () => answer(api.GET('/api/v1/conversations/{conversation_id}/follow-ups', at(id))),
  })

export const draftsQuery = queryOptions({
  queryKey: deskKeys.drafts,
  queryFn: () => answer(api.GET('/api/v1/me/drafts')),
  staleTime: 60_000,
})

export const HABITS: Habits = { undo_seconds: 5, enter_sends: true }

export const habitsQuery = queryOptions({
  queryKey: deskKeys.habits,
  queryFn: async () => ({ ...HABITS, ...(await answer(api.GET('/api/v1/me/habits'))) }),
  staleTime: 5 * 60_000,
})

export function useFollowUps(id: string) {
  const client = useQueryClient()
  const onSettled = () => void client.invalidateQueries({ queryKey: deskKeys.followUps(id) })
  const add = useMutation({
    mutationFn: (body: FollowUpBody) =>
      answer(
        api.POST('/api/v1/conversations/{conversation_id}/follow-ups', {
          ...at(id),
          headers: { 'Idempotency-Key': newId() },
          body,
        }),
      ),
    onSettled,
  })
  const change = useMutation({
    mutationFn: ({ followUp, body }: { followUp: string; body: FollowUpBody }) =>
      answer(api.PUT('/api/v1/follow-ups/{follow_up_id}', { params: { path: { follow_up_id: followUp } }, body })),
    onSettled,
  })
  const cancel = useMutation({
    mutationFn: (followUp: string) =>
      answer(api.DELETE('/api/v1/follow-ups/{follow_up_id}', { params: { path: { follow_up_id: followUp } } })),
    onSettled,
  })
  return { add, change, cancel }
}

export function noteUse(replyId: string): void {
  const params = { params: { path: { reply_id: replyId } } }
  void api.POST('/api/v1/quick-replies/{reply_id}/used', params).catch(() => undefined)
}

export function useResend(conversationId: string, onSent: () => void) {
  return useMutation({
    mutationKey: ['resend', conversationId],
    mutationFn: ({ id, confirmed }: { id: string; confirmed: boolean }) =>
      answer(
        api.POST('/api/v1/messages/{message_id}/resend', {
          params: { path: { message_id: id } },
          headers: { 'Idempotency-Key': newId() },
          body: { confirm_unknown: confirmed },
        }),
      ),
    onSettled: onSent,
  })
}

export const undoMessage = (id: string) =>
  answer(api.POST('/api/v1/messages/{message_id}/undo', { params: { path: { message_id: id } } }))
