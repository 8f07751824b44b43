/** What happened between the messages: calls, a new number, somebody opening the chat. */
import { DoorOpen, Info, PhoneCall, PhoneIncoming, PhoneMissed, PhoneOutgoing, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { playTime } from '@/shared/lib/sizes'
import { clockTime } from '@/shared/lib/times'
import type { Call, Content } from '../contents'

export function TimelineLine({ content, at }: { content: Content; at: string }) {
  const { Icon, words, isBad } = lineOf(content)
  return (
    <article aria-label={t('Event')} className="mt-3 flex justify-center">
      <p
        className={cx(
          'flex max-w-[90%] items-center gap-1.5 rounded-full bg-sunken px-3 py-1 text-xs',
          isBad === true ? 'text-bad-ink' : 'text-soft',
        )}
      >
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span dir="auto" className="min-w-0 break-words">
          {words}
        </span>
        <time dateTime={at} className="shrink-0 tabular-nums">
          {clockTime(at)}
        </time>
      </p>
    </article>
  )
}

interface Line {
  Icon: LucideIcon
  words: string
  isBad?: boolean
}

function lineOf(content: Content): Line {
  switch (content.type) {
    case 'call':
      return callLine(content)
    case 'call_permission_reply':
      return { Icon: PhoneCall, words: permissionWords(content) }
    case 'welcome_request':
      return { Icon: DoorOpen, words: t('Opened the chat') }
    case 'system':
      return { Icon: Info, words: systemWords(content) }
    default:
      return { Icon: Info, words: content.type }
  }
}

const MISSED = new Set(['missed', 'rejected', 'failed'])

function callLine({ direction, status, duration_seconds: seconds }: Call): Line {
  const isOurs = direction === 'out'
  if (MISSED.has(status)) {
    return isOurs
      ? { Icon: PhoneMissed, words: status === 'rejected' ? t('They declined our call') : t('They did not answer our call') }
      : { Icon: PhoneMissed, words: status === 'rejected' ? t('Call declined') : t('Missed call'), isBad: true }
  }
  const Icon = isOurs ? PhoneOutgoing : PhoneIncoming
  const whose = isOurs ? t('We called') : t('They called')
  return { Icon, words: seconds == null ? whose : `${whose} · ${playTime(seconds)}` }
}

function permissionWords({ granted, permanent }: Extract<Content, { type: 'call_permission_reply' }>): string {
  if (!granted) return t('We may not call them')
  return permanent === true ? t('We may call them') : t('We may call them for a while')
}

const SYSTEM: Record<string, () => string> = {
  user_changed_number: () => t('They have a new number'),
  customer_changed_number: () => t('They have a new number'),
  user_changed_user_id: () => t('Their account moved'),
  customer_identity_changed: () => t('Their security code changed'),
}

const systemWords = ({ kind, body }: Extract<Content, { type: 'system' }>) => SYSTEM[kind]?.() ?? (body || kind.replaceAll('_', ' '))
