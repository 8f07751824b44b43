/** Whether free text may be sent, counted down: the server says until when, the clock says now. */
import type { Conversation } from '@/shared/api/types'
import { HOUR } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'

export interface WindowView {
  open: boolean
  /** null: it has no end, or is closed. */
  leftMs: number | null
}

const SECOND = 1_000

export function useWindow({ open, closes_at }: Conversation['window']): WindowView {
  const now = useNow(SECOND)
  if (!open) return { open: false, leftMs: null }
  if (closes_at === null) return { open: true, leftMs: null }
  const leftMs = Date.parse(closes_at) - now
  // Meta counts in whole seconds; the server too stops one second early.
  return leftMs < SECOND ? { open: false, leftMs: null } : { open: true, leftMs }
}

/** When it becomes worth saying loudly. */
export const isClosingSoon = ({ leftMs }: WindowView) => leftMs !== null && leftMs < HOUR
