/** What `index.html` asked for while the pages were on their way, put where pages look for it. */
import type { QueryClient } from '@tanstack/react-query'
import { conversationsQuery } from '@/features/inbox/api'
import { meQuery } from '@/features/session/api'

/** An answer that has not come by then is shown when it comes: the frame of the page is there before it. */
const PATIENCE_MS = 300

/** Nothing to wait for where the device has kept them: those are shown, and what is newer takes their place. */
export async function takeEarlyAnswers(client: QueryClient): Promise<void> {
  const first = conversationsQuery({})
  const isKept = client.getQueryData(meQuery().queryKey) !== undefined && client.getQueryData(first.queryKey) !== undefined
  if (isKept || globalThis.window.early === undefined) return
  const answers = Promise.allSettled([client.query(meQuery()), client.infiniteQuery(first)])
  await Promise.race([answers, new Promise((over) => setTimeout(over, PATIENCE_MS))])
}
