import { describe, expect, it } from 'vitest'
import { Pace } from './pace'

/** How many looks a page takes while news comes all the time. */
function looksIn(ms: number): number {
  const pace = new Pace()
  let looks = 0
  for (let now = 0; now < ms; looks += 1) {
    now += pace.wait(now)
    pace.looked(now)
  }
  return looks
}

describe('how often a page looks', () => {
  it('is at once after a quiet while', () => {
    const pace = new Pace()
    pace.looked(0)
    expect(pace.wait(5_000)).toBe(10)
  })

  it('is soon again when a second thing follows, and never later than a second', () => {
    const pace = new Pace()
    pace.looked(0)
    expect(pace.wait(1)).toBeLessThan(250)
    for (let now = 0; now < 10_000; now += 100) pace.looked(now)
    expect(pace.wait(9_900)).toBeLessThan(1_000)
  })

  it('is seldom enough in a rush that six questions each time stay far below what one person may ask', () => {
    expect(looksIn(60_000) * 6).toBeLessThan(600)
  })
})
