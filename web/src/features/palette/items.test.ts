import { expect, test } from 'vitest'
import { shownOf, type Item } from './items'

const item = (label: string, more: Partial<Item> = {}): Item => ({ id: label, group: 'pages', label, mark: null, run: () => undefined, ...more })
const labels = (items: Item[], typed: string) => shownOf(items, typed).flatMap((group) => group.items.map((each) => each.label))

const ITEMS = [
  item('Contacts'),
  item('Hawana Café', { group: 'businesses' }),
  item('Audit log', { group: 'settings', words: 'history contacts' }),
  item('Look: dark', { group: 'look', words: 'night' }),
  item('Layla Haddad', { group: 'recent' }),
]

test('before anybody types, the recent comes first and settings are left out', () => {
  expect(labels(ITEMS, '')).toEqual(['Layla Haddad', 'Contacts', 'Hawana Café'])
})

test('the name counts more than other words', () => {
  expect(labels(ITEMS, 'cont')).toEqual(['Contacts', 'Audit log'])
})

test('all words have to fit, in any order', () => {
  expect(labels(ITEMS, 'log audit')).toEqual(['Audit log'])
  expect(labels(ITEMS, 'log cafe')).toEqual([])
})

test('marks on letters and capitals do not matter, in Arabic neither', () => {
  expect(labels(ITEMS, 'CAFE')).toEqual(['Hawana Café'])
  expect(labels([item('الإعدادات')], 'الاعداد')).toEqual(['الإعدادات'])
})

test('other words find it too', () => {
  expect(labels(ITEMS, 'night')).toEqual(['Look: dark'])
})
