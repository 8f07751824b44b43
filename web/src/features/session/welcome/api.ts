/** The first person, those who were invited, and those who forgot. */
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'

export interface Owner {
  token: string
  company: string
  name: string
  email: string
  password: string
}

export const firstRun = (body: Owner) => answer(api.POST('/api/v1/first-run', { body }))
