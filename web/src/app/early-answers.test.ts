import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { conversationsQuery } from '@/features/inbox/api'
import { meQuery } from '@/features/session/api'
import { somethingToShow } from './early-answers'

const LIST = '/api/v1/conversations?limit=50&status=open'
const never = new Promise<never>(() => undefined)
const told = (body: unknown) => Promise.resolve(Response.json(body))
let client: QueryClient

beforeEach(() => {
  client = new QueryClient()
  // Answers are early in the first seconds of a page only.
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  delete globalThis.window.early
})

const shown = () => [client.getQueryData(meQuery().queryKey), client.getQueryData(conversationsQuery({}).queryKey)?.pages[0]]

test('answers that are there are shown without waiting for what the device has kept', async () => {
  globalThis.window.early = { '/api/v1/me': told({ name: 'Amal' }), [LIST]: told({ data: [], next_cursor: null }) }

  await somethingToShow(client, never)

  expect(shown()).toEqual([{ name: 'Amal' }, { data: [], next_cursor: null }])
})

test('what the device has kept is shown while the answers are late', async () => {
  globalThis.window.early = { '/api/v1/me': never, [LIST]: never }
  client.setQueryData(['me'], { name: 'kept' })
  client.setQueryData(conversationsQuery({}).queryKey, { pages: [{ data: [], next_cursor: null }], pageParams: [null] })

  await somethingToShow(client, Promise.resolve())

  expect(shown()[0]).toEqual({ name: 'kept' })
})

test('the frame of the page does not wait for answers for long', async () => {
  globalThis.window.early = { '/api/v1/me': never, [LIST]: never }

  await somethingToShow(client, Promise.resolve())

  expect(shown()).toEqual([undefined, undefined])
})
