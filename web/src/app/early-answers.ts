/** What `index.html` asked for while the pages were on their way, put where pages look for it. */
import type { QueryClient } from '@tanstack/react-query'
import { conversationsQuery } from '@/features/inbox/api'
import { meQuery } from '@/features/session/api'

/** An answer that has not come by then is shown when it comes: the frame of the page is there before it. */
const PATIENCE_MS = 300

/** Until the inbox can be drawn: from what the device has kept (`restored`), or from the answers, whichever is there first. */
export async function somethingToShow(client: QueryClient, restored: Promise<void>): Promise<void> {
  if (globalThis.window.early === undefined) return restored
  const me = meQuery()
  const list = conversationsQuery({})
  const isThere = () => client.getQueryData(me.queryKey) !== undefined && client.getQueryData(list.queryKey) !== undefined
  const answers = Promise.allSettled([client.query(me), client.infiniteQuery(list)])
  const patience = new Promise((over) => setTimeout(over, PATIENCE_MS))
  await Promise.race([
    answers.then(() => (isThere() ? undefined : restored)),
    restored.then(() => (isThere() ? undefined : Promise.race([answers, patience]))),
  ])
}
