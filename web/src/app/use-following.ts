/** Hears the live stream for whoever is signed in, on every page. */
import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '@/shared/api/types'
import { ownerOf } from '@/shared/session/me'
import { useListening, useNews } from '@/shared/live/live'

export function useFollowing(me: Me | undefined): void {
  const client = useQueryClient()
  useListening(me !== undefined && mayListen(me) ? ownerOf(me) : null)
  // What they may do has changed: what is shown follows.
  useNews('access', () => void client.invalidateQueries({ queryKey: ['me'] }))
}

function mayListen({ grants }: Me): boolean {
  return Object.values(grants).some((may) => may.includes('conversations:read'))
}
