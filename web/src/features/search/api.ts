/** Asks the server for people and for what was said. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { paths } from '@/shared/api/schema'
import type { SearchAddress } from './search-params'

type Loose = paths['/api/v1/search']['get']['responses'][200]['content']['application/json']
type WithMarks<Hit> = Omit<Hit, 'marks'> & { marks: readonly (readonly number[])[] }
export type FoundMessage = WithMarks<Loose['messages'][number]>
export type FoundContact = WithMarks<Loose['contacts'][number]>

/** Shorter is refused: nearly everything would fit. */
export const SHORTEST = 2

export const searchQuery = ({ q = '', business, author, files }: SearchAddress) =>
  infiniteQueryOptions({
    queryKey: ['search', { q, business, author, files }],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/search', {
          params: {
            query: {
              q,
              limit: 30,
              ...(business !== undefined && { business_id: business }),
              ...(author !== undefined && { author }),
              ...(files === true && { has_file: true }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: q.trim().length >= SHORTEST,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
