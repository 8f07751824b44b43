/** Keeps what is shown true: of each change that the server tells of, just that is asked for again. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useNews } from '@/shared/live/live'
import { keys } from '../api'
import { teamKeys } from '../teamwork/api'
import { Pace } from './pace'
import { renewLists } from './renew-lists'

export function useLiveInbox(): void {
  const client = useQueryClient()
  const gather = useGathered(useCallback((ids) => refresh(client, ids), [client]))
  useNews('conversation', ({ conversation_id: id }) => gather(id))
  useNews('message', ({ conversation_id: id }) => gather(id))
  useNews('resync', () => {
    for (const key of ['conversations', 'conversation', 'messages', 'counts', 'lines', 'presence']) void client.invalidateQueries({ queryKey: [key] })
  })
}

/** The first news is looked at at once; what follows on its heels waits for its turn. */
function useGathered(flush: (ids: ReadonlySet<string>) => void): (id: unknown) => void {
  const waiting = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [pace] = useState(() => new Pace())
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (id) => {
      if (typeof id !== 'string') return
      waiting.current.add(id)
      if (waiting.current.size > 1) return
      timer.current = setTimeout(() => {
        const ids = waiting.current
        waiting.current = new Set()
        pace.looked(performance.now())
        flush(ids)
      }, pace.wait(performance.now()))
    },
    [flush, pace],
  )
}

function refresh(client: QueryClient, ids: ReadonlySet<string>): void {
  renewLists(client, ids)
  void client.invalidateQueries({ queryKey: teamKeys.counts })
  for (const id of ids) {
    void client.invalidateQueries({ queryKey: keys.conversation(id) })
    void client.invalidateQueries({ queryKey: ['follow-ups', id] })
    void client.invalidateQueries({ queryKey: teamKeys.lines(id) })
    // While one of ours is under way its answer renews the thread; earlier it would be shown twice.
    if (client.isMutating({ mutationKey: keys.sending(id) }) === 0) {
      void client.invalidateQueries({ queryKey: keys.messages(id) })
    }
  }
}
