/** The channels' facts in words. */
import { relative } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { exactTime, HOUR, MINUTE } from '@/shared/lib/times'
import type { Channel } from './shapes'

export type Tone = 'good' | 'lamp' | 'bad' | 'quiet'

interface Said {
  words: string
  tone: Tone
}

const QUALITIES: Record<string, { words: () => string; tone: Tone }> = {
  GREEN: { words: () => t('High'), tone: 'good' },
  YELLOW: { words: () => t('Falling'), tone: 'lamp' },
  RED: { words: () => t('Low'), tone: 'bad' },
}

/** What only a number of WhatsApp has. */
export type WhatsApp = NonNullable<Channel['whatsapp']>

export function qualityOf({ quality }: WhatsApp): Said {
  const known = QUALITIES[quality ?? '']
  return known === undefined ? { words: t('Not rated yet'), tone: 'quiet' } : { words: known.words(), tone: known.tone }
}

export function limitOf({ messaging_limit: limit }: WhatsApp): string {
  if (limit === null) return t('Not known yet')
  return limit === 0 ? t('No limit') : t('{limit, plural, one {# person} other {# people}} a day', { limit })
}

export type Health = 'good' | 'warned' | 'broken'

/** Only a number that carries nothing is broken; what merely needs a look is warned of. */
const STATES: Record<string, [Health, () => string]> = {
  connected: ['good', () => t('Connected')],
  limited: ['warned', () => t('Limited')],
  paused: ['broken', () => t('Paused')],
  reconnect: ['broken', () => t('Connect again')],
  disconnected: ['broken', () => t('Not connected')],
}

export const healthOf = ({ status }: Channel): Health => STATES[status]?.[0] ?? 'warned'

export const stateWords = ({ status }: Channel) => STATES[status]?.[1]() ?? status

export const ago = (iso: string | null, now: number) => (iso === null ? t('Never') : whenWords(iso, now))

function whenWords(iso: string, now: number): string {
  const age = now - Date.parse(iso)
  if (age < MINUTE) return t('Just now')
  return age < HOUR ? relative(-Math.floor(age / MINUTE), 'minute') : exactTime(iso)
}

const DAY_MS = 86_400_000
/** From here on somebody should think of it. */
const SOON_DAYS = 14

export function tokenOf({ token_expires_at: at }: Channel, now: number): Said {
  if (at === null) return { words: t('Does not end'), tone: 'quiet' }
  const days = Math.floor((Date.parse(at) - now) / DAY_MS)
  if (days < 0) return { words: t('Ended {time}', { time: exactTime(at) }), tone: 'bad' }
  const words = days === 0 ? t('Ends today') : t('{days, plural, one {Ends in # day} other {Ends in # days}}', { days })
  return { words, tone: days < SOON_DAYS ? 'lamp' : 'quiet' }
}
