/** The channels' facts in words. */
import { exactTime, shortAgo } from '@/shared/lib/times'
import type { Channel } from './shapes'

export type Tone = 'good' | 'lamp' | 'bad' | 'quiet'

interface Said {
  words: string
  tone: Tone
}

const QUALITIES: Record<string, Said> = {
  GREEN: { words: 'High', tone: 'good' },
  YELLOW: { words: 'Falling', tone: 'lamp' },
  RED: { words: 'Low', tone: 'bad' },
}

export const qualityOf = ({ quality }: Channel): Said => QUALITIES[quality ?? ''] ?? { words: 'Not rated yet', tone: 'quiet' }

const COUNT = new Intl.NumberFormat('en-GB')

export function limitOf({ messaging_limit: limit }: Channel): string {
  if (limit === null) return 'Not known yet'
  return limit === 0 ? 'No limit' : `${COUNT.format(limit)} people a day`
}

export type Health = 'good' | 'warned' | 'broken'

/** Only a number that carries nothing is broken; what merely needs a look is warned of. */
const STATES: Record<string, [Health, string]> = {
  connected: ['good', 'Connected'],
  limited: ['warned', 'Limited'],
  paused: ['broken', 'Paused'],
  reconnect: ['broken', 'Connect again'],
  disconnected: ['broken', 'Not connected'],
}

export const healthOf = ({ status }: Channel): Health => STATES[status]?.[0] ?? 'warned'

export const stateWords = ({ status }: Channel) => STATES[status]?.[1] ?? status

export const ago = (iso: string | null, now: number) => (iso === null ? 'Never' : whenWords(iso, now))

function whenWords(iso: string, now: number): string {
  const short = shortAgo(iso, now)
  if (short === 'now') return 'Just now'
  return short.endsWith('min') ? `${short} ago` : exactTime(iso)
}

const DAY_MS = 86_400_000
/** From here on somebody should think of it. */
const SOON_DAYS = 14

export function tokenOf({ token_expires_at: at }: Channel, now: number): Said {
  if (at === null) return { words: 'Does not end', tone: 'quiet' }
  const days = Math.floor((Date.parse(at) - now) / DAY_MS)
  if (days < 0) return { words: `Ended ${exactTime(at)}`, tone: 'bad' }
  const words = days === 0 ? 'Ends today' : `Ends in ${days} ${days === 1 ? 'day' : 'days'}`
  return { words, tone: days < SOON_DAYS ? 'lamp' : 'quiet' }
}
