/** Times and spans in words. All input is ISO 8601 or milliseconds; output is for people. */

/** The pages speak English; dates in another language between English words would be harder to read. */
const LOCALE = 'en-GB'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, options)
const CLOCK = format({ hour: '2-digit', minute: '2-digit' })
const WEEKDAY = format({ weekday: 'short' })
const LONG_DAY = format({ weekday: 'long', day: 'numeric', month: 'long' })
const SHORT_DATE = format({ day: 'numeric', month: 'short' })
const EXACT = format({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

export const clockTime = (iso: string) => CLOCK.format(new Date(iso))
export const exactTime = (iso: string) => EXACT.format(new Date(iso))

/** For a list: "now", "5 min", then the clock, the weekday, the date. */
export function shortAgo(iso: string, now: number): string {
  const at = Date.parse(iso)
  const age = now - at
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`
  if (isSameDay(at, now)) return clockTime(iso)
  return age < 6 * DAY ? WEEKDAY.format(at) : SHORT_DATE.format(at)
}

/** Heading over the messages of a day. */
export function dayHeading(iso: string, now: number): string {
  const at = Date.parse(iso)
  if (isSameDay(at, now)) return 'Today'
  if (isSameDay(at, now - DAY)) return 'Yesterday'
  return LONG_DAY.format(at)
}

export function isSameDay(one: number | string, other: number | string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString()
}

/** "23 h 10 min", "9 min", and in the last two minutes "1:05". Never below zero. */
export function span(ms: number): string {
  const left = Math.max(0, ms)
  if (left < 2 * MINUTE) return `${Math.floor(left / MINUTE)}:${pad(Math.floor((left % MINUTE) / 1000))}`
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`
  if (left < DAY) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`
  const days = Math.floor(left / DAY)
  return days === 1 ? '1 day' : `${days} days`
}

/** How long something has gone on: "just now", "9 min", "2 h 5 min", "3 days". */
export function elapsed(ms: number): string {
  if (ms < MINUTE) return 'just now'
  return ms < 2 * MINUTE ? '1 min' : span(ms)
}

/** On the clock of `timeZone`: "17:00", "tomorrow 08:00", "Monday 08:00", "4 January 08:00". */
export function whenThere(iso: string, timeZone: string, now: number): string {
  const at = Date.parse(iso)
  const part = (ms: number, options: Intl.DateTimeFormatOptions) => format({ ...options, timeZone }).format(ms)
  const day = (ms: number) => part(ms, { year: 'numeric', month: '2-digit', day: '2-digit' })
  const clock = part(at, { hour: '2-digit', minute: '2-digit' })
  if (day(at) === day(now)) return clock
  if (day(at) === day(now + DAY)) return `tomorrow ${clock}`
  if (at - now < 6 * DAY) return `${part(at, { weekday: 'long' })} ${clock}`
  return `${part(at, { day: 'numeric', month: 'long' })} ${clock}`
}

const pad = (value: number) => String(value).padStart(2, '0')
