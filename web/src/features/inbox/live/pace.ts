/** How often what is shown is asked for again: at once after a quiet while, less and less often in a rush that lasts. */

/** What comes in one breath of the stream is asked for once. */
const BREATH_MS = 10
const FIRST_REST_MS = 200
/**
 * So far apart that colleagues still agree within a second, and that a page in the longest rush asks
 * some 500 times a minute and stays under what one person may (1,200, `SERAI_USER_LIMIT`), with a second one open.
 */
const LONGEST_REST_MS = 700
const CALM_MS = 2_000

export class Pace {
  #lookedAt = -Infinity
  #rest = FIRST_REST_MS

  /** Milliseconds from `now` until the next look. */
  wait(now: number): number {
    return Math.max(BREATH_MS, this.#lookedAt + this.#rest - now)
  }

  looked(now: number): void {
    const isCalm = now - this.#lookedAt > CALM_MS
    this.#rest = isCalm ? FIRST_REST_MS : Math.min(this.#rest * 2, LONGEST_REST_MS)
    this.#lookedAt = now
  }
}
