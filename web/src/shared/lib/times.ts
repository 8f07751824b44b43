/** Times and spans in words, in the language of the pages. All input is ISO 8601 or milliseconds; output is for people. */
import { date } from '@/shared/i18n/formats'
import { language } from '@/shared/i18n/language'
import { t } from '@/shared/i18n/t'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const WEEKDAY = { weekday: 'short' } as const
const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const
const SHORT_DATE = { day: 'numeric', month: 'short' } as const
const EXACT = { weekday: 'short', day: 'numeric', month: 'short', ...CLOCK } as const

export const clockTime = (iso: string) => date(iso, CLOCK)
export const exactTime = (iso: string) => date(iso, EXACT)

/** For a list: "now", "5 min", then the clock, the weekday, the date. */
export function shortAgo(iso: string, now: number): string {
  const at = Date.parse(iso)
  const age = now - at
  if (age < MINUTE) return t('now')
  if (age < HOUR) return t('{minutes} min', { minutes: Math.floor(age / MINUTE) })
  if (language() === 'en') return shortEnglish(new Date(at), now)
  if (isSameDay(at, now)) return clockTime(iso)
  return age < 6 * DAY ? date(at, WEEKDAY) : date(at, SHORT_DATE)
}

/** The same without Intl, whose first use costs a slow telephone a tenth of a second: lists are what is drawn first. */
function shortEnglish(at: Date, now: number): string {
  if (isSameDay(at.getTime(), now)) return `${pad(at.getHours())}:${pad(at.getMinutes())}`
  const [weekday = '', month = ''] = at.toDateString().split(' ')
  return now - at.getTime() < 6 * DAY ? weekday : `${at.getDate()} ${month}`
}

/** Heading over the messages of a day. */
export function dayHeading(iso: string, now: number): string {
  const at = Date.parse(iso)
  if (isSameDay(at, now)) return t('Today')
  if (isSameDay(at, now - DAY)) return t('Yesterday')
  return date(at, LONG_DAY)
}

export function isSameDay(one: number | string, other: number | string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}

/** "23 h 10 min", "9 min", and in the last two minutes "1:05". Never below zero. */
export function span(ms: number): string {
  const left = Math.max(0, ms)
  const minutes = Math.floor((left % HOUR) / MINUTE)
  if (left < 2 * MINUTE) return `${minutes}:${pad(Math.floor((left % MINUTE) / 1000))}`
  if (left < HOUR) return t('{minutes} min', { minutes })
  if (left < DAY) return t('{hours} h {minutes} min', { hours: Math.floor(left / HOUR), minutes })
  return t('{days, plural, one {# day} other {# days}}', { days: Math.floor(left / DAY) })
}

/** How long something has gone on: "just now", "9 min", "2 h 5 min", "3 days". */
export function elapsed(ms: number): string {
  if (ms < MINUTE) return t('just now')
  return ms < 2 * MINUTE ? t('{minutes} min', { minutes: 1 }) : span(ms)
}

/** On the clock of `timeZone`: "17:00", "tomorrow 08:00", "Monday 08:00", "4 January 08:00". */
export function whenThere(iso: string, timeZone: string, now: number): string {
  const at = Date.parse(iso)
  const part = (ms: number, options: Intl.DateTimeFormatOptions) => date(ms, { ...options, timeZone })
  const day = (ms: number) => part(ms, { year: 'numeric', month: '2-digit', day: '2-digit' })
  const clock = part(at, CLOCK)
  if (day(at) === day(now)) return clock
  if (day(at) === day(now + DAY)) return t('tomorrow {time}', { time: clock })
  if (at - now < 6 * DAY) return `${part(at, { weekday: 'long' })} ${clock}`
  return `${part(at, { day: 'numeric', month: 'long' })} ${clock}`
}

const pad = (value: number) => String(value).padStart(2, '0')
