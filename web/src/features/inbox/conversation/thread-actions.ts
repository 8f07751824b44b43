/** What can be done with a message from inside its bubble. */
import { createContext } from 'react'
import type { Message } from '@/shared/api/types'

export interface ThreadActions {
  /** Scroll to a message of this conversation. */
  jump: (messageId: string) => void
  /** Answer it; null where nothing may be written. */
  reply: ((message: Message) => void) | null
  /** Set our reaction, or take it back with null; null where reactions may not be sent. */
  react: ((message: Message, emoji: string | null) => void) | null
}

export const ThreadContext = createContext<ThreadActions>({ jump: () => undefined, reply: null, react: null })
