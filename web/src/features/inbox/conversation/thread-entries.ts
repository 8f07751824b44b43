/** Messages, notes and what was done, as one thread. */
import type { Message } from '@/shared/api/types'
import type { Line } from '../teamwork/api'
import { timeOf } from './bubble'

interface Common {
  id: string
  at: string
  conversationId: string
}

export type ThreadEntry = Common & ({ message: Message; line: null } | { message: null; line: Line })

/**
 * Lines put between messages that are in order, by time. While earlier messages are still to be fetched,
 * lines before the first one wait with them.
 */
export function withLines(inOrder: Message[], lines: Line[], hasEarlier: boolean): ThreadEntry[] {
  const first = inOrder[0]
  const from = hasEarlier && first !== undefined ? Date.parse(timeOf(first)) : -Infinity
  const told = lines
    .filter((line) => Date.parse(line.at) >= from)
    .map((line) => ({ id: line.id, at: line.at, conversationId: line.conversation_id, message: null, line }))
  const said = inOrder.map((message) => ({
    id: message.id,
    at: timeOf(message),
    conversationId: message.conversation_id,
    message,
    line: null,
  }))
  // Sorting is stable: what was said in the same second keeps its order.
  return [...said, ...told].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
}
