/** A long list after news: its first page as it is now, and the pages below as they were. */
import type { InfiniteData } from '@tanstack/react-query'
import type { Conversation, ConversationPage } from '@/shared/api/types'

export type Pages = InfiniteData<ConversationPage, string | null>

/**
 * Whoever writes comes to the top of a list that begins with the latest activity, so its first page tells of nearly all
 * news. `null` if it does not: something happened to a row further down, and all pages have to be asked for again.
 */
export function renewed({ pages, pageParams }: Pages, fresh: ConversationPage, toldIds: ReadonlySet<string>): Pages | null {
  const [first, ...below] = pages
  const last = fresh.data.at(-1)
  if (first === undefined || last === undefined || fresh.next_cursor === null) return { pages: [fresh], pageParams: [null] }
  const freshIds = new Set(fresh.data.map(({ id }) => id))
  const isElsewhere = ({ id }: Conversation) => !freshIds.has(id)
  // Newer ones would be in the fresh page if they still belonged to the list.
  const pushedOff = first.data.filter((row) => isElsewhere(row) && at(row) <= at(last))
  const kept = [...pushedOff, ...below.flatMap(({ data }) => data.filter(isElsewhere))]
  if (kept.some(({ id }) => toldIds.has(id))) return null
  const top = { ...fresh, data: [...fresh.data, ...pushedOff], next_cursor: first.next_cursor }
  return { pages: [top, ...below.map((page) => ({ ...page, data: page.data.filter(isElsewhere) }))], pageParams }
}

const at = ({ last_activity_at: time }: Conversation) => Date.parse(time)
