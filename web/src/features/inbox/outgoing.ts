/** What is on its way from this page to the server. */
import type { NewContent } from '@/shared/api/types'

/** A message on its way to the server. The key makes trying again harmless. */
export interface Outgoing {
  key: string
  content: NewContent
  /** As the person will read it. */
  text: string
  at: string
  /** The message of this conversation that it quotes. */
  replyTo?: string
  /** Although a colleague has answered just now. */
  confirm?: true
}
