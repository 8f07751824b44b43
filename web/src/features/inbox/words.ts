/** The inbox's facts in words. */
import type { Conversation, Message } from '@/shared/api/types'
import type { Content, Kind, Place } from './contents'
import { unsupportedWords } from './conversation/contents/unsupported'

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

const NOUNS: Record<string, string> = {
  image: 'Picture',
  video: 'Video',
  audio: 'Sound',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Place',
  contacts: 'Contact card',
  order: 'Order',
  flow_reply: 'Form',
  call: 'Call',
  carousel: 'Cards',
  deleted: 'Deleted',
  contact: 'Contact card',
  welcome_request: 'Opened the chat',
}

/** The server's one line about a message, "[image] …" being told in words. */
export function lineOf(text: string): string {
  const [, kind, rest] = /^\[([\w ,]+)\] ?(.*)$/s.exec(text) ?? []
  if (kind === undefined) return text
  const noun = NOUNS[kind] ?? capitalized(kind.replaceAll('_', ' '))
  return rest === undefined || rest === '' ? noun : `${noun}: ${rest}`
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A message in one line of words, for quotes and earlier versions. */
export function textOf(content: Content): string {
  switch (content.type) {
    case 'choice':
      return content.title
    case 'contacts':
      return content.cards.map(({ name }) => name).join(', ')
    case 'location':
      return placeWords(content)
    case 'document':
      return documentWords(content)
    case 'audio':
      return content.voice === true ? 'Voice message' : 'Sound'
    case 'unsupported':
      return unsupportedWords(content.original)
    default:
      return wordsIn(content)
  }
}

const placeWords = ({ name, address }: Place) => name ?? address ?? 'Place'
const documentWords = ({ caption, file }: Kind<'document'>) => caption ?? file.name ?? 'Document'

function wordsIn(content: Content): string {
  const said = 'caption' in content ? content.caption : 'body' in content ? content.body : null
  return said == null || said === '' ? (NOUNS[content.type] ?? content.type.replaceAll('_', ' ')) : said
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
  played: { label: 'Listened to', advice: null },
  deferred: { label: 'Waiting to be tried again', advice: 'WhatsApp sent it back for now.' },
  failed: { label: 'Failed', advice: 'It did not reach them.' },
  refused: { label: 'Not sent', advice: 'It may not be sent now.' },
  unknown: {
    label: 'Unclear',
    advice: 'The line broke while sending: it may or may not have arrived. It is not sent again by itself.',
  },
}

export function stateWords({ state, reason, waits }: Pick<Message, 'state' | 'reason' | 'waits'>): StateWords {
  const words = STATES[state] ?? { label: state, advice: null }
  if (waits != null && waits.code !== 'file' && waits.code !== 'undo') return { ...words, advice: waits.text }
  return words.advice === null ? words : { ...words, advice: reason?.text ?? words.advice }
}

/** Nothing to mend: it will be known, or it will go by itself. */
export const isUndecided = ({ state, waits }: Pick<Message, 'state' | 'waits'>) => state === 'unknown' || waits != null

export const eventWords = (kind: string) => EVENT_WORDS[kind] ?? kind

const EVENT_WORDS: Record<string, string> = {
  received: 'Received',
  queued: 'Written',
  accepted: 'Accepted by WhatsApp',
  sent: 'Sent',
  delivered: 'Delivered to the phone',
  read: 'Read',
  played: 'Listened to',
  deferred: 'Sent back for now',
  failed: 'Failed',
  refused: 'Not sent',
  unknown: 'Outcome unclear',
  undone: 'Taken back',
}
