import { afterAll, beforeAll, expect, test } from 'vitest'
import { atClock, wallClock, wallClockIn } from './wall-clock'

const zone = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin'
})
afterAll(() => {
  process.env['TZ'] = zone
})

/** In the night after it, clocks go back from three to two. */
const BEFORE = Date.parse('2026-10-24T10:00:00Z')

test('nine tomorrow is nine on the wall although the night has an hour more', () => {
  expect(new Date(atClock(BEFORE, 1, 9)).toISOString()).toBe('2026-10-25T08:00:00.000Z')
})

test('a moment is written as the wall shows it, in summer and in winter', () => {
  expect(wallClock(BEFORE)).toBe('2026-10-24T12:00')
  expect(wallClock(Date.parse('2026-10-25T10:00:00Z'))).toBe('2026-10-25T11:00')
})

test('what is chosen on the wall comes back as the same moment', () => {
  for (const moment of [BEFORE, Date.parse('2026-10-25T10:00:00Z'), Date.parse('2027-03-28T12:00:00Z')]) {
    expect(new Date(wallClock(moment)).getTime()).toBe(moment)
  }
})

test('the clock of another place is read there', () => {
  expect(wallClockIn('Asia/Dubai', new Date(BEFORE))).toContain('14:00')
})
