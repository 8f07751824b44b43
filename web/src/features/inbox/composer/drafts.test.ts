/** Drafts reach the server also after a time without a network. */
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { keepDraft } from './drafts'

const asked: string[] = []
let isOnline = true
let status = 204

/** The network itself; everything of ours is real. */
const network = vi.fn(async (request: Request) => {
  if (!isOnline) throw new TypeError('Failed to fetch')
  asked.push(`${new URL(request.url).pathname.split('/')[4] ?? ''}: ${await request.text()}`)
  return new Response(null, { status })
})
vi.stubGlobal('fetch', network)

afterEach(() => {
  asked.length = 0
  isOnline = true
  status = 204
  network.mockClear()
  vi.useRealTimers()
})

test('what could not be told without a network is told once there is one, as it is then', async () => {
  const client = new QueryClient()
  isOnline = false
  keepDraft(client, 'first', 'Dear', true)
  keepDraft(client, 'other', 'Hello', true)
  await vi.waitFor(() => expect(network).toHaveBeenCalledTimes(2))
  keepDraft(client, 'first', 'Dear Ada', true)
  await vi.waitFor(() => expect(network).toHaveBeenCalledTimes(3))

  isOnline = true
  window.dispatchEvent(new Event('online'))

  await vi.waitFor(() => expect(asked.toSorted()).toEqual(['first: {"text":"Dear Ada"}', 'other: {"text":"Hello"}']))
  window.dispatchEvent(new Event('online'))
  expect(network).toHaveBeenCalledTimes(5)
})

test('what the server could not keep is told again at growing gaps, until it is kept', async () => {
  vi.useFakeTimers()
  const client = new QueryClient()
  status = 503
  keepDraft(client, 'late', 'Good morning', true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toHaveLength(2)
  status = 204
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked).toEqual(Array(3).fill('late: {"text":"Good morning"}'))
})

test('what is refused is not told again', async () => {
  vi.useFakeTimers()
  status = 404
  keepDraft(new QueryClient(), 'gone', 'Hello', true)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked).toHaveLength(1)
})
