import { expect, test } from 'vitest'
import { rowsInSight } from './use-rows-in-sight'

const HEIGHT = 86

test('rows in sight are drawn, and a few around them', () => {
  const { from, to } = rowsInSight(100 * HEIGHT, 10 * HEIGHT, HEIGHT, 1000)

  expect(from).toBeLessThanOrEqual(96)
  expect(to).toBeGreaterThanOrEqual(114)
  expect(to - from).toBeLessThanOrEqual(24)
})

test('the same rows stay drawn while one scrolls by less than a few', () => {
  const at = (top: number) => JSON.stringify(rowsInSight(top, 10 * HEIGHT, HEIGHT, 1000))
  const seen = new Set(Array.from({ length: 400 }, (_, step) => at(step * HEIGHT * 0.1)))

  expect(seen.size).toBeLessThanOrEqual(22)
})

test.each([0, 1, 5, 1000])('of %i rows none is drawn that is not there', (count) => {
  const { from, to } = rowsInSight(990 * HEIGHT, 10 * HEIGHT, HEIGHT, count)

  expect(from).toBeGreaterThanOrEqual(0)
  expect(from).toBeLessThanOrEqual(to)
  expect(to).toBeLessThanOrEqual(count)
})
