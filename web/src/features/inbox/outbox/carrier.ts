/** Sends what waits in the outbox when the server can be reached again: once, in order, and only what still may be sent. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import { answer, Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useOnline } from '@/shared/offline/online'
import { keys } from '../api'
import { post } from '../mutations'
import { dequeue, enqueue, queuedOf, useQueued, type Queued } from './outbox'

const AGAIN_MS = 10_000
const LOCK = 'serai.outbox'

export function useCarrier(owner: string): void {
  const client = useQueryClient()
  const online = useOnline()
  const waits = useQueued().some((row) => row.owner === owner && row.refused === null)
  useEffect(() => {
    if (!online || !waits) return
    const carry = () => {
      // One tab does it; it may close in the middle, then the next look of another goes on.
      void navigator.locks
        .request(LOCK, { ifAvailable: true }, async (lock) => {
          if (lock !== null) await carryAll(client, owner)
        })
        .catch(() => undefined)
    }
    carry()
    const timer = setInterval(carry, AGAIN_MS)
    return () => clearInterval(timer)
  }, [client, online, waits, owner])
}

/** Ends at the first that does not get through: those behind it must not overtake it. */
async function carryAll(client: QueryClient, owner: string): Promise<void> {
  for (const row of await queuedOf(owner)) {
    if (row.refused !== null) continue
    try {
      await carryOne(client, row)
    } catch (error) {
      if (!isFinal(error)) return
      await enqueue({ ...row, refused: wordsFor(error) })
    }
  }
}

async function carryOne(client: QueryClient, row: Queued): Promise<void> {
  const path = { conversation_id: row.conversationId }
  const { window } = await answer(api.GET('/api/v1/conversations/{conversation_id}', { params: { path } }))
  if (!window.open && row.content.type !== 'template') {
    await enqueue({ ...row, refused: t('The window for free replies has closed meanwhile.') })
    return
  }
  await post(row.conversationId, row)
  await dequeue(row.key)
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.conversations }),
    client.invalidateQueries({ queryKey: keys.conversation(row.conversationId) }),
    client.invalidateQueries({ queryKey: keys.messages(row.conversationId) }),
  ])
}

/** The server understood and said no; asking again would change nothing. */
function isFinal(error: unknown): boolean {
  return error instanceof Problem && error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status)
}
