/** How a bubble looks by who wrote it. */
import type { Message } from '@/shared/api/types'

export const LOOKS = {
  in: 'bg-raised border border-line rounded-es-md',
  team: 'on-fill bg-accent-fill text-on-accent rounded-ee-md',
  machine: 'bg-accent-soft text-ink rounded-ee-md',
}

/** Pictures reach nearly to the edge. */
export const MEDIA_LOOK = 'p-1.5'

export type Look = keyof typeof LOOKS

export function lookOf({ direction, author_kind }: Pick<Message, 'direction' | 'author_kind'>): Look {
  if (direction === 'in') return 'in'
  return author_kind === 'agent' || author_kind === 'native_app' ? 'team' : 'machine'
}
