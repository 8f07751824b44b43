/** What is told of a message besides its content. Members may be absent. */
import type { Message } from '@/shared/api/types'
import type { Content } from './contents'
import type { Referral } from './conversation/referral-card'
import type { FileView } from './files'

export interface Reaction {
  emoji: string
  by_us: boolean
  at: string
}

export interface Context {
  reply_to?: string | null
  forwarded?: boolean
  frequently_forwarded?: boolean
  product?: { product_id: string } | null
}

export interface Extras {
  context: Context | null
  /** The message that this one answers, if it is known here. */
  quoted: { id: string; author_kind: string; text: string } | null
  referral: Referral | null
  reactions: Reaction[]
  edited_at: string | null
  deleted_at: string | null
  files: FileView[]
}

const NOTHING: Extras = {
  context: null,
  quoted: null,
  referral: null,
  reactions: [],
  edited_at: null,
  deleted_at: null,
  files: [],
}

export const extrasOf = (message: Message): Extras => ({ ...NOTHING, ...(message as Partial<Extras>) })

export const contentOf = (message: Message) => message.content as Content
