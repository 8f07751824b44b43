/** Fetches the newest conversations before they are opened, so that they can be read without a network. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Conversation } from '@/shared/api/types'
import { whenCalm } from '@/shared/lib/when-calm'
import { useOnline } from '@/shared/offline/online'
import { conversationQuery, keys, messagesQuery } from './api'

const MOST = 20
/** The page has other things to do first. */
const BEGIN_MS = 2_500
const GAP_MS = 200

export function useReadingAhead(conversations: readonly Conversation[]): void {
  const client = useQueryClient()
  const online = useOnline()
  const ids = conversations
    .slice(0, MOST)
    .map(({ id }) => id)
    .join()
  useEffect(() => {
    if (!online || ids === '') return
    const missing = ids.split(',').filter((id) => client.getQueryData(keys.messages(id)) === undefined)
    let isOver = false
    let callOff = whenCalm(next, BEGIN_MS)
    function next() {
      const id = missing.shift()
      if (id === undefined || document.visibilityState === 'hidden') return
      // One that fails is read when it is opened.
      const reads = [client.query(conversationQuery(id)), client.infiniteQuery(messagesQuery(id))]
      // One after the other: on a slow line what somebody asks for must not wait for what nobody does.
      void Promise.allSettled(reads).then(() => {
        if (!isOver) callOff = whenCalm(next, GAP_MS)
      })
    }
    return () => {
      isOver = true
      callOff()
    }
  }, [client, online, ids])
}
