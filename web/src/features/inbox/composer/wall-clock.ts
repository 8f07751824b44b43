/** Moments on the clock of a wall, which goes forward and back once a year. */

/** For `datetime-local`, which knows no time zones: the wall clock here. */
export function wallClock(ms: number): string {
  const date = new Date(ms)
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The moment at which it is that hour here, so many days on. */
export function atClock(now: number, dayOffset: number, hour: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + dayOffset)
  date.setHours(hour, 0, 0, 0)
  return date.getTime()
}

/** Hours and minutes there, with the day. */
export function wallClockIn(zone: string, date: Date): string {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false } as const
  return new Intl.DateTimeFormat(undefined, { ...parts, timeZone: zone }).format(date)
}
