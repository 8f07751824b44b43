/** What happened with a person, as a line of their history. */
import {
  ArrowDownLeft, ArrowLeftRight, ArrowUpRight, AtSign, CircleCheck, Clock, Handshake, Merge, MessagesSquare, RotateCcw, ShieldBan, ShieldCheck, StickyNote, Tag, UserCheck, Wrench,
  type LucideIcon,
} from 'lucide-react'
import type { Entry } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { identityName, methodName, purposeName, type IdentityType } from './person-words'
import { exactTime } from './times'

type Word = (name: string) => string

export interface Lines {
  icon: LucideIcon
  title: string
  text: string
}

export function linesOf({ kind, detail }: Entry): Lines {
  const word: Word = (name) => (typeof detail[name] === 'string' ? detail[name] : '')
  return LINES[kind](word, (name) => detail[name] === true)
}

type Is = (name: string) => boolean

const LINES: Record<Entry['kind'], (word: Word, is: Is) => Lines> = {
  message: messageLines,
  work: workLines,
  conversation: () => ({ icon: MessagesSquare, title: t('Conversation began'), text: '' }),
  note: (word) => ({ icon: StickyNote, title: t('Noted by {name}', { name: word('by') || t('Somebody') }), text: word('text') }),
  consent: consentLines,
  block: (word, is) => ({ icon: is('lifted') ? ShieldCheck : ShieldBan, title: is('lifted') ? t('Unblocked') : t('Blocked'), text: word('by') }),
  tag: (word) => ({ icon: Tag, title: t('Tagged {name}', { name: word('name') }), text: '' }),
  merge: (word, is) => ({ icon: Merge, title: is('undone') ? t('Merged, and parted again') : t('Merged'), text: joined(word('name'), word('by')) }),
  identity: (word) => ({ icon: AtSign, title: t('Known by {what}', { what: identityName(word('type') as IdentityType) }), text: word('by') }),
}

const joined = (...parts: string[]) => parts.filter(Boolean).join(' · ')

function consentLines(word: Word, is: Is): Lines {
  const purpose = purposeName(word('purpose'))
  return {
    icon: Handshake,
    title: is('granted') ? t('{purpose}: yes', { purpose }) : t('{purpose}: no', { purpose }),
    text: joined(methodName(word('method')), word('by')),
  }
}

function workLines(word: Word): Lines {
  const name = word('by') || t('Serai')
  const [icon, title] = WORK[word('what')]?.(name, word) ?? [Wrench, t('{name} changed this', { name })]
  return { icon, title, text: '' }
}

type Say = (name: string, word: Word) => [LucideIcon, string]

const WORK: Record<string, Say> = {
  assigned: (name, word) => [UserCheck, word('to') === '' ? t('{name} assigned this to nobody', { name }) : t('{name} assigned this to {who}', { name, who: word('to') })],
  resolved: (name) => [CircleCheck, t('{name} resolved this', { name })],
  reopened: (name) => [RotateCcw, t('{name} opened this again', { name })],
  pending: (name) => [Clock, t('{name} waits for an answer', { name })],
  snoozed: (name, word) => [Clock, word('until') === '' ? t('{name} put this off until they write', { name }) : t('{name} put this off until {time}', { name, time: exactTime(word('until')) })],
  woken: (_, word) => [RotateCcw, word('by_kind') === 'contact' ? t('They wrote, so this is open again') : t('This is back, as it was put off until now')],
  handed_over: (name, word) => [ArrowLeftRight, word('by_kind') === 'automation' ? t('Automatic answers handed this to people') : t('{name} took over from automatic answers', { name })],
  returned: (name) => [ArrowLeftRight, t('{name} gave this back to automatic answers', { name })],
  tagged: (name, word) => [Tag, t('{name} added the tag {tags}', { name, tags: word('tags') })],
  untagged: (name, word) => [Tag, t('{name} removed the tag {tags}', { name, tags: word('tags') })],
}

function messageLines(word: Word): Lines {
  const isIn = word('direction') === 'in'
  const by = { agent: t('We wrote'), automation: t('Answered by itself'), campaign: t('Campaign'), native_app: t('From the phone') }[word('author')]
  const type = word('type')
  return {
    icon: isIn ? ArrowDownLeft : ArrowUpRight,
    title: isIn ? t('They wrote') : (by ?? t('We wrote')),
    text: word('text') || (type === 'text' ? '' : contentName(type)),
  }
}

function contentName(type: string): string {
  return (
    {
      image: t('Picture'), video: t('Film'), audio: t('Sound'), voice: t('Voice message'), document: t('Document'), sticker: t('Sticker'),
      location: t('Place'), contacts: t('Contact card'), order: t('Order'), flow_reply: t('Form'), call: t('Call'), template: t('Template'),
    }[type] ?? type
  )
}
