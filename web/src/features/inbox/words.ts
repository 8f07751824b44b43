/** The inbox's facts in words. */
import type { Conversation, Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { told } from '@/shared/i18n/told'
import type { Content, Kind, Place } from './contents'
import { unsupportedWords } from './conversation/contents/unsupported'

export function nameOf({ name, phone, username }: Conversation['contact']): string {
  return name ?? phone ?? (username === null ? t('Unknown person') : `@${username}`)
}

/** The address under a name; null if the name already is the address. */
export function addressOf({ name, phone, username }: Conversation['contact']): string | null {
  if (name === null) return null
  return phone ?? (username === null ? null : `@${username}`)
}

/** "Waiting for an adviser", or null while nobody has to act. */
export function waitingWords({ handled_by, waiting_since, team }: Conversation): string | null {
  if (handled_by === 'automation' || waiting_since === null) return null
  if (team === null) return t('Waiting for an answer')
  return team === 'advisers' ? t('Waiting for an adviser') : t('Waiting for the {team} team', { team })
}

/** Who looks after the conversation now. */
export function handlerWords({ handled_by, team }: Conversation): string {
  if (handled_by === 'automation') return t('Answered automatically')
  return team === null ? t('With the team') : t('With the {team}', { team })
}

const AUTHORS: Record<string, () => string> = {
  contact: () => t('Contact'),
  agent: () => t('Team'),
  bot: () => t('Assistant'),
  automation: () => t('Automatic reply'),
  campaign: () => t('Campaign'),
  native_app: () => t('Phone app'),
  system: () => t('System'),
}

export const authorWords = (kind: Message['author_kind']) => AUTHORS[kind]?.() ?? kind

const NOUNS: Record<string, () => string> = {
  image: () => t('Picture'),
  video: () => t('Video'),
  audio: () => t('Sound'),
  document: () => t('Document'),
  sticker: () => t('Sticker'),
  location: () => t('Place'),
  contacts: () => t('Contact card'),
  order: () => t('Order'),
  flow_reply: () => t('Form'),
  call: () => t('Call'),
  carousel: () => t('Cards'),
  deleted: () => t('Deleted'),
  contact: () => t('Contact card'),
  welcome_request: () => t('Opened the chat'),
}

/** The server's one line about a message, "[image] …" being told in words. */
export function lineOf(text: string): string {
  const [, kind, rest] = /^\[([\w ,]+)\] ?(.*)$/s.exec(text) ?? []
  if (kind === undefined) return text
  const noun = NOUNS[kind]?.() ?? capitalized(kind.replaceAll('_', ' '))
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
      return content.voice === true ? t('Voice message') : t('Sound')
    case 'unsupported':
      return unsupportedWords(content.original)
    default:
      return wordsIn(content)
  }
}

const placeWords = ({ name, address }: Place) => name ?? address ?? t('Place')
const documentWords = ({ caption, file }: Kind<'document'>) => caption ?? file.name ?? t('Document')

function wordsIn(content: Content): string {
  const said = 'caption' in content ? content.caption : 'body' in content ? content.body : null
  return said == null || said === '' ? (NOUNS[content.type]?.() ?? content.type.replaceAll('_', ' ')) : said
}

export interface StateWords {
  label: string
  /** What it means and what to do; only where somebody has to know. */
  advice: string | null
}

const STATES: Record<string, { label: () => string; advice: (() => string) | null }> = {
  received: { label: () => t('Received'), advice: null },
  queued: { label: () => t('Waiting to be sent'), advice: null },
  accepted: { label: () => t('Accepted'), advice: null },
  sent: { label: () => t('Sent'), advice: null },
  delivered: { label: () => t('Delivered'), advice: null },
  read: { label: () => t('Read'), advice: null },
  played: { label: () => t('Listened to'), advice: null },
  deferred: { label: () => t('Waiting to be tried again'), advice: () => t('Meta sent it back for now.') },
  failed: { label: () => t('Failed'), advice: () => t('It did not reach them.') },
  refused: { label: () => t('Not sent'), advice: () => t('It may not be sent now.') },
  unknown: {
    label: () => t('Unclear'),
    advice: () => t('The line broke while sending: it may or may not have arrived. It is not sent again by itself.'),
  },
}

function usualWords(state: Message['state']): StateWords {
  const known = STATES[state]
  return known === undefined ? { label: state, advice: null } : { label: known.label(), advice: known.advice?.() ?? null }
}

export function stateWords({ state, reason, waits }: Pick<Message, 'state' | 'reason' | 'waits'>): StateWords {
  const words = usualWords(state)
  if (waits != null && waits.code !== 'file' && waits.code !== 'undo') return { ...words, advice: told(waits.text) }
  return words.advice === null ? words : { ...words, advice: reason == null ? words.advice : told(reason.text) }
}

/** Nothing to mend: it will be known, or it will go by itself. */
export const isUndecided = ({ state, waits }: Pick<Message, 'state' | 'waits'>) => state === 'unknown' || waits != null

export const eventWords = (kind: string) => EVENT_WORDS[kind]?.() ?? kind

const EVENT_WORDS: Record<string, () => string> = {
  received: () => t('Received'),
  queued: () => t('Written'),
  accepted: () => t('Accepted by Meta'),
  sent: () => t('Sent'),
  delivered: () => t('Delivered to the phone'),
  read: () => t('Read'),
  played: () => t('Listened to'),
  deferred: () => t('Sent back for now'),
  failed: () => t('Failed'),
  refused: () => t('Not sent'),
  unknown: () => t('Outcome unclear'),
  undone: () => t('Taken back'),
}
