/** Hours while they are being edited. A closing at midnight is `24:00`, which a time field shows as 00:00. */
import type { Interval, Special } from '../../api'

export interface Clash {
  /** Where in the list. */
  index: number
  kind: 'incomplete' | 'backwards' | 'overlap'
  /** With an overlap: the opening that it meets. */
  other?: Span
}

export interface Span {
  opens: string
  closes: string
}

const END = 24 * 60
const USUAL: Span = { opens: '09:00', closes: '17:00' }

export const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
export const clockOf = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
const pad = (part: number) => String(part).padStart(2, '0')

/** What a time field gave, as a closing. */
export const closingOf = (field: string) => (field === '00:00' ? '24:00' : field)
/** What a time field shows. */
export const fieldOf = (clock: string) => (clock === '24:00' ? '00:00' : clock)

/** The openings of one weekday with their places in the list, earliest first. */
export function dayOf(weekly: Interval[], weekday: number): { interval: Interval; index: number }[] {
  return weekly
    .map((interval, index) => ({ interval, index }))
    .filter((each) => each.interval.weekday === weekday)
    .sort((one, other) => one.interval.opens.localeCompare(other.interval.opens))
}

/** One more opening on a day: the usual one, or after the last with an hour between. */
export function withOpening(weekly: Interval[], weekday: number): Interval[] {
  const last = dayOf(weekly, weekday).at(-1)?.interval
  return [...weekly, { weekday, ...(last === undefined ? USUAL : after(last)) }]
}

function after({ closes }: Span): Span {
  const opens = Math.min(minutesOf(closes) + 60, END - 60)
  return { opens: clockOf(opens), closes: clockOf(Math.min(opens + 4 * 60, END)) }
}

/** The openings of one day in the place of those of others. */
export function copied(weekly: Interval[], from: number, to: number[]): Interval[] {
  const openings = dayOf(weekly, from).map(({ interval }) => interval)
  const kept = weekly.filter(({ weekday }) => !to.includes(weekday))
  return [...kept, ...to.flatMap((weekday) => openings.map((each) => ({ ...each, weekday })))]
}

export const MOST_DAYS = 60
const DAY_MS = 24 * 60 * 60 * 1000

/** Every day from the first to the last, both among them, as `2026-12-24`; none if they are no span of at most `MOST_DAYS`. */
export function daysFrom(first: string, last: string): string[] {
  const begin = Date.parse(first)
  const count = Math.round((Date.parse(last) - begin) / DAY_MS) + 1
  if (!(count >= 1 && count <= MOST_DAYS)) return []
  return Array.from({ length: count }, (_, index) => new Date(begin + index * DAY_MS).toISOString().slice(0, 10))
}

/** In the order that the API gives them back. */
export function inOrder(weekly: Interval[]): Interval[] {
  return weekly.toSorted((one, other) => one.weekday - other.weekday || one.opens.localeCompare(other.opens))
}

/** What cannot be saved, by the same rules as the server's. */
export function clashes(weekly: Interval[]): Clash[] {
  return clashesBy(weekly, ({ weekday }) => weekday)
}

export function specialClashes(exceptions: Special[]): Clash[] {
  const openings = exceptions.map((each, index) => ({ ...each, index })).filter((each) => typeof each.opens === 'string')
  const spans = openings.map(({ on, opens, closes, index }) => ({ on, opens: opens ?? '', closes: closes ?? '', index }))
  const found = clashesBy(spans, ({ on }) => on).map((clash) => ({ ...clash, index: spans[clash.index]?.index ?? 0 }))
  const undated = exceptions.flatMap(({ on }, index) => (on === '' ? [{ index, kind: 'incomplete' as const }] : []))
  return [...undated, ...found]
}

function clashesBy<Each extends Span>(spans: Each[], day: (each: Each) => unknown): Clash[] {
  return spans.flatMap((span, index): Clash[] => {
    if (span.opens === '' || span.closes === '') return [{ index, kind: 'incomplete' }]
    if (span.closes <= span.opens) return [{ index, kind: 'backwards' }]
    const other = spans.slice(0, index).find((each) => day(each) === day(span) && each.opens < span.closes && span.opens < each.closes)
    return other === undefined ? [] : [{ index, kind: 'overlap', other: { opens: other.opens, closes: other.closes } }]
  })
}
