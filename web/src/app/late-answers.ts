/** News that comes while something is asked for the first time: the answer on its way may be older than the news. */
import type { Query, QueryClient } from '@tanstack/react-query'

/** Such an answer is shown, and asked for again at once; without this it would stay until the next news. */
export function askAgainAfterNews(client: QueryClient): () => void {
  const late = new WeakSet<Query>()
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return
    const { action } = event
    const query = event.query as Query
    const isFirst = query.state.data === undefined && query.state.fetchStatus === 'fetching'
    if (action.type === 'invalidate' && isFirst) late.add(query)
    else if (action.type === 'success' && late.delete(query)) void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
}
