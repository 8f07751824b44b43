/** Drafts reach the server also after a time without a network. */
import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { keepDraft } from './drafts'

const asked: string[] = []
let isOnline = true

/** The network itself; everything of ours is real. */
const network = vi.fn(async (request: Request) => {
  if (!isOnline) throw new TypeError('Failed to fetch')
  asked.push(`${new URL(request.url).pathname.split('/')[4] ?? ''}: ${await request.text()}`)
  return new Response(null, { status: 204 })
})
vi.stubGlobal('fetch', network)

afterEach(() => {
  asked.length = 0
  isOnline = true
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
