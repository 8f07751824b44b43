/** Amounts in words for people: bytes, seconds, money. */
import { number } from '@/shared/i18n/formats'

const DIGITS = [0, 1].map((digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits }))
const UNITS = ['B', 'kB', 'MB', 'GB']

/** "812 B", "14 kB", "3.2 MB"; decimal units, as Meta's limits are. */
export function bytesInWords(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1)
  const amount = bytes / 1000 ** step
  return `${number(amount, DIGITS[amount < 10 && step > 1 ? 1 : 0])} ${UNITS[step] ?? ''}`
}

/** "0:07", "12:30"; seconds of a recording. */
export function playTime(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** "€12.50"; a currency that does not exist stands beside the number. */
export function money(amount: number, currency: string): string {
  try {
    return number(amount, { style: 'currency', currency })
  } catch {
    return `${amount} ${currency}`
  }
}
