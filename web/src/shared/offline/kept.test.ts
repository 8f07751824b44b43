import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { restoreKept } from './kept'

const key = ['me']
const device = vi.hoisted(() => new Map<string, unknown>())

// The device's own store, which a test without a browser has not.
vi.mock(import('idb-keyval'), async (real) => ({
  ...(await real()),
  createStore: vi.fn(),
  keys: vi.fn(() => Promise.resolve([...device.keys()])) as never,
  getMany: vi.fn((names: string[]) => Promise.resolve(names.map((name) => device.get(name)))) as never,
}))

test('what was kept a moment ago is shown at once and asked for again', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000 } } })
  device.set('["me"]', { key, data: 'as it was', at: Date.now() })
  await restoreKept(client)
  const observer = new QueryObserver(client, { queryKey: key, queryFn: () => 'as it is' })
  const stop = observer.subscribe(() => undefined)

  expect(observer.getCurrentResult().data).toBe('as it was')
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('as it is'))
  stop()
})
