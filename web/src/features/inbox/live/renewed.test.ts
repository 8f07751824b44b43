import { describe, expect, it } from 'vitest'
import type { Conversation, ConversationPage } from '@/shared/api/types'
import { renewed } from './renewed'

const row = (id: string, minute: number) =>
  ({ id, last_activity_at: new Date(minute * 60_000).toISOString() }) as Conversation
const page = (next: string | null, ...data: Conversation[]): ConversationPage => ({ data, next_cursor: next })
const long = { pages: [page('b', row('a', 9), row('b', 8)), page('d', row('c', 7), row('d', 6))], pageParams: [null, 'b'] }
const ids = (pages: readonly ConversationPage[] | undefined) => pages?.map(({ data }) => data.map(({ id }) => id).join(''))

describe('a long list after news', () => {
  it('has whoever wrote at its top and once only, and whoever was pushed off its first page still', () => {
    const fresh = page('a', row('d', 10), row('a', 9))

    const after = renewed(long, fresh, new Set(['d']))

    expect(ids(after?.pages)).toEqual(['dab', 'c'])
    expect(after?.pages[0]?.next_cursor).toBe('b')
    expect(after?.pageParams).toEqual([null, 'b'])
  })

  it('has no row of its first page that no longer belongs there', () => {
    const fresh = page('c', row('b', 8), row('c', 7))

    expect(ids(renewed(long, fresh, new Set(['a']))?.pages)).toEqual(['bc', 'd'])
  })

  it('is asked for whole when something happened to a row further down', () => {
    const fresh = page('b', row('a', 9), row('b', 8))

    expect(renewed(long, fresh, new Set(['d']))).toBeNull()
  })

  it('is short if the first page is all there is', () => {
    expect(ids(renewed(long, page(null, row('a', 9)), new Set(['b']))?.pages)).toEqual(['a'])
  })
})
