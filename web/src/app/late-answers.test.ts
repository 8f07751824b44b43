import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { askAgainAfterNews } from './late-answers'

it('asks again for what was on its way for the first time when news came, and only once', async () => {
  const client = new QueryClient()
  const waiting: ((rows: string) => void)[] = []
  const shown: unknown[] = []
  const forget = askAgainAfterNews(client)
  const list = new QueryObserver(client, { queryKey: ['list'], queryFn: () => new Promise<string>((answer) => waiting.push(answer)) })
  const leave = list.subscribe(({ data }) => shown.push(data))

  void client.invalidateQueries({ queryKey: ['list'] })
  waiting[0]?.('as it was before the news')
  await expect.poll(() => waiting.length).toBe(2)
  waiting[1]?.('as it is')

  await expect.poll(() => shown.at(-1)).toBe('as it is')
  await expect.poll(() => client.isFetching()).toBe(0)
  expect(waiting).toHaveLength(2)
  leave()
  forget()
})
