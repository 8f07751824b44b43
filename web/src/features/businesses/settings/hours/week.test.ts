import { describe, expect, test } from 'vitest'
import { clashes, closingOf, copied, daysFrom, fieldOf, inOrder, specialClashes, withOpening } from './week'

const monday = (opens: string, closes: string) => ({ weekday: 0, opens, closes })

describe('hours while they are edited', () => {
  test('an overlap names the opening that it meets', () => {
    expect(clashes([monday('09:00', '12:00'), monday('11:00', '14:00')])).toEqual([
      { index: 1, kind: 'overlap', other: { opens: '09:00', closes: '12:00' } },
    ])
  })

  test('openings that only touch, and those of other days, do not clash', () => {
    expect(clashes([monday('09:00', '12:00'), monday('12:00', '14:00'), { weekday: 1, opens: '09:00', closes: '14:00' }])).toEqual([])
  })

  test('several days are each of them, over the end of a month and a clock change', () => {
    expect(daysFrom('2027-03-27', '2027-03-29')).toEqual(['2027-03-27', '2027-03-28', '2027-03-29'])
    expect(daysFrom('2026-12-31', '2027-01-01')).toEqual(['2026-12-31', '2027-01-01'])
    expect(daysFrom('2026-12-31', '2026-12-31')).toEqual(['2026-12-31'])
  })

  test('no days are those that end before they begin, last for months, or are not all said', () => {
    expect(daysFrom('2026-12-31', '2026-12-30')).toEqual([])
    expect(daysFrom('2026-12-31', '2027-12-31')).toEqual([])
    expect(daysFrom('', '2026-12-31')).toEqual([])
  })

  test('a day may end at midnight, which a time field calls 00:00', () => {
    expect(closingOf('00:00')).toBe('24:00')
    expect(fieldOf('24:00')).toBe('00:00')
    expect(clashes([monday('18:00', '24:00')])).toEqual([])
    expect(clashes([monday('18:00', '09:00')])).toEqual([{ index: 0, kind: 'backwards' }])
  })

  test('one more opening comes after the last, with an hour between', () => {
    expect(withOpening([], 2)).toEqual([{ weekday: 2, opens: '09:00', closes: '17:00' }])
    expect(withOpening([monday('09:00', '12:00')], 0).at(-1)).toEqual(monday('13:00', '17:00'))
    expect(clashes(withOpening([monday('09:00', '22:00')], 0))).toEqual([])
  })

  test('a copied day takes the place of what the others had', () => {
    const week = [monday('09:00', '12:00'), { weekday: 1, opens: '06:00', closes: '07:00' }]
    expect(inOrder(copied(week, 0, [1, 2]))).toEqual([
      monday('09:00', '12:00'),
      { weekday: 1, opens: '09:00', closes: '12:00' },
      { weekday: 2, opens: '09:00', closes: '12:00' },
    ])
  })

  test('two special openings of one date may not overlap, and a date is needed', () => {
    const eve = { on: '2026-12-24', name: 'Eve', opens: '09:00', closes: '12:00' }
    const closed = { on: '2026-12-24', name: 'Eve', opens: null, closes: null }
    expect(specialClashes([closed, eve, { ...eve, opens: '11:00', closes: '13:00' }])).toEqual([
      { index: 2, kind: 'overlap', other: { opens: '09:00', closes: '12:00' } },
    ])
    expect(specialClashes([{ ...closed, on: '' }])).toEqual([{ index: 0, kind: 'incomplete' }])
  })
})
