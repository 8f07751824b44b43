import { expect, test } from 'vitest'
import { read } from './told'

test.each([
  ['/contacts?tag=vip', '/contacts?tag=vip'],
  ['https://evil.example/inbox', '/inbox'],
  ['//evil.example', '/inbox'],
  [String.raw`/\evil.example`, '/inbox'],
  ['/..//evil.example', '/inbox'],
  ['javascript:alert(1)', '/inbox'],
  ['', '/inbox'],
])('a link to %s leads to a page of ours', (to, expected) => {
  expect(read(`next=done&to=${encodeURIComponent(to)}`).to).toBe(expected)
})

test('only factors that there are can be asked for', () => {
  expect(read('next=second_factor&factors=recovery,magic,code')).toMatchObject({ next: 'second_factor', factors: ['code', 'recovery'] })
})

test('nothing is next when nobody said so', () => {
  expect(read('next=anything').next).toBeNull()
})
