/** What is told of a message besides its content. */
import type { Message } from '@/shared/api/types'

export type Reaction = NonNullable<Message['reactions']>[number]
export type Context = NonNullable<Message['context']>
export type Referral = NonNullable<Message['referral']>
