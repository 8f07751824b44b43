/** Keeps what is shown true: each change the stream tells of is asked for again. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listenLive, type Change, type LiveState } from '@/shared/api/live'
import { keys } from './api'

/** Changes that come together are asked for once. */
const GATHER_MS = 60

export function useLive(): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const stop = new AbortController()
    const onChange = gather((changes) => refresh(client, changes))
    void listenLive({ onChange, onState: setState }, stop.signal)
    return () => stop.abort()
  }, [client])
  return state
}

function gather(flush: (changes: Change[]) => void): (change: Change) => void {
  let waiting: Change[] = []
  return (change) => {
    waiting.push(change)
    if (waiting.length > 1) return
    setTimeout(() => {
      flush(waiting)
      waiting = []
    }, GATHER_MS)
  }
}

function refresh(client: QueryClient, changes: Change[]): void {
  void client.invalidateQueries({ queryKey: keys.conversations })
  if (changes.some(({ kind }) => kind === 'resync')) {
    void client.invalidateQueries({ queryKey: ['conversation'] })
    void client.invalidateQueries({ queryKey: ['messages'] })
    return
  }
  for (const id of new Set(changes.flatMap((change) => ('conversationId' in change ? change.conversationId : [])))) {
    void client.invalidateQueries({ queryKey: keys.conversation(id) })
    // While one of ours is under way its answer renews the thread; earlier it would be shown twice.
    if (client.isMutating({ mutationKey: keys.sending(id) }) === 0) {
      void client.invalidateQueries({ queryKey: keys.messages(id) })
    }
  }
}
