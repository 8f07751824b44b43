/** Spans of business hours in words. */
import { t } from '@/shared/i18n/t'

const MINUTE = 60
const HOUR = 3600

/** "45 s", "1 min 30 s", "2 h 5 min"; a dash for none. */
export function waitWords(seconds: number | null): string {
  if (seconds === null) return '–'
  const whole = Math.round(seconds)
  if (whole < MINUTE) return t('{count} s', { count: whole })
  if (whole < HOUR) {
    const rest = whole % MINUTE
    const minutes = t('{count} min', { count: Math.floor(whole / MINUTE) })
    return rest === 0 ? minutes : `${minutes} ${t('{count} s', { count: rest })}`
  }
  const rest = Math.round((whole % HOUR) / MINUTE)
  const hours = t('{count} h', { count: Math.floor(whole / HOUR) })
  return rest === 0 ? hours : `${hours} ${t('{count} min', { count: rest })}`
}

export const shareWords = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`)
