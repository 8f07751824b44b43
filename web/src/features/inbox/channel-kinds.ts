/** What the inbox has to know of each kind of channel. Another kind is another row; nothing else asks which it is. */
import { Camera, MessageCircle, MessagesSquare, MessageSquare, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'

export interface ChannelKind {
  /** A name of its own, the same in every language. */
  name: string
  Icon: LucideIcon
  /** *bold*, _italic_ and ~struck~ mean something there. */
  marksText: boolean
  /** Something may be sent when the time of free replies is over. */
  hasTemplates: boolean
}

const KINDS: Record<string, ChannelKind> = {
  whatsapp: { name: 'WhatsApp', Icon: MessageCircle, marksText: true, hasTemplates: true },
  messenger: { name: 'Messenger', Icon: MessagesSquare, marksText: false, hasTemplates: false },
  instagram: { name: 'Instagram', Icon: Camera, marksText: false, hasTemplates: false },
}

/** One that this page is too old to know carries words, and no more is promised. */
export function channelKind(kind: string): ChannelKind {
  return KINDS[kind] ?? { name: kind, Icon: MessageSquare, marksText: false, hasTemplates: false }
}

/** What may be sent after the time of free replies. */
export const closedWords = (kind: string) =>
  channelKind(kind).hasTemplates ? t('Only an approved template may be sent until they write.') : t('Nothing may be sent until they write.')
