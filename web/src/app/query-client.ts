/** How fetched data is kept: fresh for a while, asked again when the live stream says so. */
import { QueryClient } from '@tanstack/react-query'
import { Problem } from '@/shared/api/problem'
import { askAgainAfterNews } from './late-answers'

const ATTEMPTS = 3

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: isWorthRepeating },
    // A message waits for nothing: the person is told at once and decides.
    mutations: { retry: false, networkMode: 'always' },
  },
})

askAgainAfterNews(queryClient)

function isWorthRepeating(failures: number, error: unknown): boolean {
  const isRefusal = error instanceof Problem && error.status >= 400 && error.status < 500
  return !isRefusal && failures < ATTEMPTS
}
