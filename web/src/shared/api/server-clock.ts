/** The server's time: a countdown must not trust the clock of the machine that shows it. */
let offsetMs = 0

/** Header of every answer: the server's time, ISO 8601. */
export const TIME_HEADER = 'Serai-Time'

export function noteServerTime(iso: string | null): void {
  const theirs = iso === null ? NaN : Date.parse(iso)
  if (!Number.isNaN(theirs)) offsetMs = theirs - Date.now()
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs
}
