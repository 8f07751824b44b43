/** Quick replies and habits, as the settings change them. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { newId } from '@/shared/lib/new-id'

export type QuickReply = paths['/api/v1/quick-replies']['get']['responses'][200]['content']['application/json'][number]
export type QuickReplyBody = paths['/api/v1/quick-replies']['post']['requestBody']['content']['application/json']
export type Habits = paths['/api/v1/me/habits']['put']['requestBody']['content']['application/json']

const KEY = ['quick-replies'] as const

export const repliesQuery = queryOptions({
  queryKey: [...KEY, 'all'],
  queryFn: () => answer(api.GET('/api/v1/quick-replies')),
})

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['file-info', id],
    queryFn: () => answer(api.GET('/api/v1/files/{file_id}/info', { params: { path: { file_id: id } } })),
    staleTime: Infinity,
  })

export const previewQuery = (body: string, businessId: string) =>
  queryOptions({
    queryKey: ['quick-reply-preview', businessId, body],
    queryFn: () => answer(api.POST('/api/v1/quick-replies/preview', { body: { body, business_id: businessId, contact_name: 'Dana Rivers' } })),
    enabled: body !== '' && businessId !== '',
    placeholderData: (before) => before,
  })

export function useReplies() {
  const client = useQueryClient()
  const onSettled = () => void client.invalidateQueries({ queryKey: KEY })
  const save = useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: QuickReplyBody }) =>
      answer(
        id === null
          ? api.POST('/api/v1/quick-replies', { headers: { 'Idempotency-Key': newId() }, body })
          : api.PUT('/api/v1/quick-replies/{reply_id}', { params: { path: { reply_id: id } }, body }),
      ),
    onSettled,
  })
  const remove = useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/quick-replies/{reply_id}', { params: { path: { reply_id: id } } })),
    onSettled,
  })
  return { save, remove }
}

/** The same place in the cache as the reply box reads, so that a change holds at once. */
const HABITS = ['habits'] as const

export const habitsQuery = queryOptions({
  queryKey: HABITS,
  queryFn: () => answer(api.GET('/api/v1/me/habits')),
})

export function useSetHabits() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Habits) => answer(api.PUT('/api/v1/me/habits', { body })),
    onMutate: (body) => client.setQueryData(HABITS, body),
    onSettled: () => void client.invalidateQueries({ queryKey: HABITS }),
  })
}
