/** What is done to conversations, one or many at a time. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { toast } from '@/shared/ui/toast'
import { keys } from '../api'
import { teamKeys } from './api'

export type Mark = 'resolved' | 'reopened' | 'pending' | 'read' | 'unread'

/** What is left out stays as it is; null is nobody. */
export interface Whose {
  assigneeId?: string | null
  teamId?: string | null
}

/** A change to these conversations; what fails is said. */
function useChange<Wish>(ids: string[], change: (ids: string[], wish: Wish) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wish: Wish) => change(ids, wish),
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
    onSettled: () => renew(client, ids),
  })
}

function renew(client: QueryClient, ids: string[]) {
  return Promise.all([
    client.invalidateQueries({ queryKey: keys.conversations }),
    client.invalidateQueries({ queryKey: teamKeys.counts }),
    ...ids.flatMap((id) => [
      client.invalidateQueries({ queryKey: keys.conversation(id) }),
      client.invalidateQueries({ queryKey: teamKeys.lines(id) }),
    ]),
  ])
}

const assign = (ids: string[], { assigneeId, teamId }: Whose) =>
  answer(
    api.POST('/api/v1/conversations/assign', {
      body: {
        conversation_ids: ids,
        ...(assigneeId !== undefined && { assignee_id: assigneeId }),
        ...(teamId !== undefined && { team_id: teamId }),
      },
    }),
  )

const mark = (ids: string[], wish: Mark) =>
  answer(api.POST('/api/v1/conversations/mark', { body: { conversation_ids: ids, mark: wish } }))

export const useAssign = (ids: string[]) => useChange(ids, assign)

/** One for a whole list: which conversation it is about comes with the wish. */
export function useAct(): (id: string, wish: Whose | Mark) => void {
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationFn: async ({ id, wish }: { id: string; wish: Whose | Mark }): Promise<unknown> =>
      typeof wish === 'string' ? mark([id], wish) : assign([id], wish),
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
    onSettled: (_done, _error, { id }) => renew(client, [id]),
  })
  return useCallback((id, wish) => mutate({ id, wish }), [mutate])
}

/** `null`: until they write. */
export const useSnooze = (ids: string[]) =>
  useChange(ids, (all, until: string | null) =>
    answer(api.POST('/api/v1/conversations/snooze', { body: { conversation_ids: all, until } })),
  )

export const useMark = (ids: string[]) => useChange(ids, mark)

export const useTag = (ids: string[]) =>
  useChange(ids, (all, tags: { add?: string[]; remove?: string[] }) =>
    answer(
      api.POST('/api/v1/conversations/tag', {
        body: { conversation_ids: all, add: tags.add ?? [], remove: tags.remove ?? [] },
      }),
    ),
  )

export const useHand = (id: string) =>
  useChange([id], (_, to: 'people' | 'automation') =>
    answer(
      api.POST('/api/v1/conversations/{conversation_id}/hand', { params: { path: { conversation_id: id } }, body: { to } }),
    ),
  )

export const useWriteNote = (id: string) =>
  useChange([id], (_, note: { body: string; mentions: string[] }) =>
    answer(
      api.POST('/api/v1/conversations/{conversation_id}/notes', { params: { path: { conversation_id: id } }, body: note }),
    ),
  )
