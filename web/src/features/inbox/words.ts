/** The inbox's facts in words. */
import type { Conversation, Message } from '@/shared/api/types'

export function nameOf({ name, phone, username }: Conversation['contact']): string {
  return name ?? phone ?? (username === null ? 'Unknown person' : `@${username}`)
}

/** The address under a name; null if the name already is the address. */
export function addressOf({ name, phone, username }: Conversation['contact']): string | null {
  if (name === null) return null
  return phone ?? (username === null ? null : `@${username}`)
}

const ONE_OF: Record<string, string> = { advisers: 'an adviser' }

/** "Waiting for an adviser", or null while nobody has to act. */
export function waitingWords({ handled_by, waiting_since, team }: Conversation): string | null {
  if (handled_by === 'automation' || waiting_since === null) return null
  return `Waiting for ${team === null ? 'an answer' : (ONE_OF[team] ?? `the ${team} team`)}`
}

/** Who looks after the conversation now. */
export function handlerWords({ handled_by, team }: Conversation): string {
  if (handled_by === 'automation') return 'Answered automatically'
  return team === null ? 'With the team' : `With the ${team}`
}

const AUTHORS: Record<string, string> = {
  contact: 'Contact',
  agent: 'Team',
  bot: 'Assistant',
  automation: 'Automatic reply',
  campaign: 'Campaign',
  native_app: 'WhatsApp app',
  system: 'System',
}

export const authorWords = (kind: Message['author_kind']) => AUTHORS[kind] ?? kind

const UNSUPPORTED: Record<string, string> = {
  image: 'a picture',
  video: 'a video',
  audio: 'a voice message',
  document: 'a document',
  sticker: 'a sticker',
  location: 'a place',
  contacts: 'a contact card',
  reaction: 'a reaction',
  order: 'an order',
}

export function textOf(content: Message['content']): string {
  if (content.type !== 'unsupported') return content.body
  return `Sent ${UNSUPPORTED[content.original] ?? 'something'} that Serai cannot show yet.`
}

export interface StateWords {
  label: string
  /** What it means and what to do; only where somebody has to know. */
  advice: string | null
}

const STATES: Record<string, StateWords> = {
  received: { label: 'Received', advice: null },
  queued: { label: 'Waiting to be sent', advice: null },
  accepted: { label: 'Accepted', advice: null },
  sent: { label: 'Sent', advice: null },
  delivered: { label: 'Delivered', advice: null },
  read: { label: 'Read', advice: null },
  failed: { label: 'Failed', advice: 'It did not reach them.' },
  refused: { label: 'Not sent', advice: 'It may not be sent now.' },
  unknown: {
    label: 'Unclear',
    advice: 'The line broke while sending: it may or may not have arrived. It is not sent again by itself.',
  },
}

export function stateWords({ state, reason }: Pick<Message, 'state' | 'reason'>): StateWords {
  const words = STATES[state] ?? { label: state, advice: null }
  return words.advice === null ? words : { ...words, advice: reason?.text ?? words.advice }
}

export const eventWords = (kind: string) => EVENT_WORDS[kind] ?? kind

const EVENT_WORDS: Record<string, string> = {
  received: 'Received',
  queued: 'Written',
  accepted: 'Accepted by WhatsApp',
  sent: 'Sent',
  delivered: 'Delivered to the phone',
  read: 'Read',
  failed: 'Failed',
  refused: 'Not sent',
  unknown: 'Outcome unclear',
}
