/** After news lists are asked for again: long ones their first page only, however far somebody has scrolled. */
import type { Query, QueryClient } from '@tanstack/react-query'
import { askConversations, keys } from '../api'
import type { InboxSearch } from '../search-params'
import { renewed, type Pages } from './renewed'

/** What each list was asked for last; an answer to what was asked before is old. It names the news of both. */
const asked = new WeakMap<Query, ReadonlySet<string>>()

export function renewLists(client: QueryClient, toldIds: ReadonlySet<string>): void {
  for (const query of client.getQueryCache().findAll({ queryKey: keys.conversations })) {
    const search = (query.queryKey[1] ?? {}) as InboxSearch
    if (isLong(query) && search.order === undefined) void renewLong(client, query, search, toldIds)
    else whole(client, query)
  }
}

const whole = (client: QueryClient, { queryKey }: Query) => void client.invalidateQueries({ queryKey, exact: true })

const pagesOf = ({ state }: Query) => state.data as Pages | undefined

/** One that nobody looks at, or that is being asked for, needs no care. */
const isLong = (query: Query) => query.isActive() && query.state.fetchStatus === 'idle' && (pagesOf(query)?.pages.length ?? 0) > 1

async function renewLong(client: QueryClient, query: Query, search: InboxSearch, toldIds: ReadonlySet<string>): Promise<void> {
  const all = new Set([...(asked.get(query) ?? []), ...toldIds])
  asked.set(query, all)
  const before = pagesOf(query)?.pages[0]
  const fresh = await askConversations(search, null).catch(() => null)
  const old = pagesOf(query)
  if (asked.get(query) !== all || old === undefined) return
  asked.delete(query)
  // An answer that came in between may be newer; one that is still on its way was asked for with the list as it was.
  const isOvertaken = old.pages[0] !== before || query.state.fetchStatus !== 'idle'
  const next = fresh === null || isOvertaken ? null : renewed(old, fresh, all)
  if (next === null) whole(client, query)
  else client.setQueryData(query.queryKey, next)
}
