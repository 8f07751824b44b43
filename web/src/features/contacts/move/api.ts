/** Everything that is asked about jobs on many contacts. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer, problemFrom } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import { newId } from '@/shared/lib/new-id'
import { keys } from '../api'

export type Job = paths['/api/v1/contact-jobs/{job_id}']['get']['responses'][200]['content']['application/json']
export type Mapping = paths['/api/v1/contact-imports/{job_id}/mapping']['put']['requestBody']['content']['application/json']
export type BulkIn = paths['/api/v1/contact-jobs']['post']['requestBody']['content']['application/json']
export type ExportIn = paths['/api/v1/contact-exports']['post']['requestBody']['content']['application/json']

const LOOK_MS = 700
const SHOWN_PROBLEMS = 20
const isBusy = (state: Job['state'] | undefined) => state === 'checking' || state === 'running' || state === 'undoing'
const once = () => ({ 'Idempotency-Key': newId() })
const at = (id: string) => ({ params: { path: { job_id: id } } })

/** Asked again and again while something is being done. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-job', id],
    queryFn: () => answer(api.GET('/api/v1/contact-jobs/{job_id}', at(id))),
    refetchInterval: (query) => (isBusy(query.state.data?.state) ? LOOK_MS : false),
  })

export function useUpload(businessId: string) {
  return useMutation({
    mutationFn: async (file: File) => {
      const query = new URLSearchParams({ business_id: businessId, name: file.name })
      const response = await fetch(`/api/v1/contact-imports?${query.toString()}`, { method: 'POST', body: file })
      const body: unknown = await response.json().catch(() => null)
      if (!response.ok) throw problemFrom(body, response.status)
      return body as Job
    },
  })
}

function useStep<Given>(act: (given: Given) => Promise<Job>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (job) => {
      client.setQueryData(jobQuery(job.id).queryKey, job)
      void client.invalidateQueries({ queryKey: keys.lists })
    },
  })
}

export const useCheck = (id: string) =>
  useStep((body: Mapping) => answer(api.PUT('/api/v1/contact-imports/{job_id}/mapping', { ...at(id), body })))
export const useStart = (id: string) => useStep(() => answer(api.POST('/api/v1/contact-imports/{job_id}/start', at(id))))
export const useUndoImport = (id: string) => useStep(() => answer(api.POST('/api/v1/contact-imports/{job_id}/undo', at(id))))
export const useCancel = (id: string) => useStep(() => answer(api.POST('/api/v1/contact-jobs/{job_id}/cancel', at(id))))
export const useBulk = () => useStep((body: BulkIn) => answer(api.POST('/api/v1/contact-jobs', { body, headers: once() })))
export const useExport = () => useStep((body: ExportIn) => answer(api.POST('/api/v1/contact-exports', { body, headers: once() })))

/** Takes a change of many back, and waits until that is done. */
export async function untilUndone(id: string): Promise<Job> {
  let job = await answer(api.POST('/api/v1/contact-jobs/{job_id}/undo', at(id)))
  while (isBusy(job.state)) {
    await new Promise((done) => setTimeout(done, LOOK_MS))
    job = await answer(api.GET('/api/v1/contact-jobs/{job_id}', at(id)))
  }
  return job
}

export type ImportRow = paths['/api/v1/contact-imports/{job_id}/rows']['get']['responses'][200]['content']['application/json']['data'][number]

/** The first rows that are not taken in, and why. */
export const problemsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-job', id, 'problems'],
    queryFn: () => answer(api.GET('/api/v1/contact-imports/{job_id}/rows', { params: { path: { job_id: id }, query: { limit: SHOWN_PROBLEMS } } })),
  })

/** Where the file of an export is. */
export const fileOf = (id: string, kind: 'csv' | 'xlsx') => `/api/v1/contact-jobs/${id}/file?format=${kind}`
export const reportOf = (id: string, only: 'all' | 'problems') => `/api/v1/contact-imports/${id}/report?only=${only}`
