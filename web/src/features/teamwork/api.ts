/** Teams, queues and how much each person takes. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type Team = Answer<'/api/v1/teams'>['data'][number]
export type Queue = Answer<'/api/v1/queues'>['data'][number]
export type Agent = Answer<'/api/v1/agents'>['data'][number]
export type Policy = Team['policy']
export type NewTeam = Omit<Team, 'id'> & { id?: string }

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: () => answer(api.GET('/api/v1/teams')) })
export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: () => answer(api.GET('/api/v1/queues')) })
export const agentsQuery = queryOptions({ queryKey: ['agents'], queryFn: () => answer(api.GET('/api/v1/agents')) })

export function saveTeam({ id, ...team }: NewTeam) {
  return answer<Team>(
    id === undefined
      ? api.POST('/api/v1/teams', { body: team })
      : api.PUT('/api/v1/teams/{team_id}', { params: { path: { team_id: id } }, body: team }),
  )
}

export const dropTeam = (id: string) => answer(api.DELETE('/api/v1/teams/{team_id}', { params: { path: { team_id: id } } }))

export const saveQueue = ({ business_id: id, ...body }: Queue) =>
  answer(api.PUT('/api/v1/queues/{business_id}', { params: { path: { business_id: id } }, body }))

export const saveAgent = ({ id, ...body }: { id: string; capacity?: number; availability?: Agent['availability'] }) =>
  answer(api.PATCH('/api/v1/agents/{user_id}', { params: { path: { user_id: id } }, body }))
