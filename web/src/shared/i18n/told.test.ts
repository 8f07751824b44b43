import { afterEach, expect, test } from 'vitest'
import { isolated } from './isolated'
import catalogue from './told.ar.json'
import { told, understand } from './told'

afterEach(() => understand({}))

test('a sentence of the server is said in the language of the pages, with its values', () => {
  understand(catalogue)
  expect(told('There is no such tag.')).toBe('لا يوجد وسم كهذا.')
  expect(told('Meta declined the display name Hawana (old): too long.')).toBe(`رفضت Meta اسم العرض ${isolated('Hawana (old)')}: ${isolated('too long.')}`)
})

test('what is not known is shown as it was said', () => {
  understand(catalogue)
  expect(told('Something new.')).toBe('Something new.')
})

test('each translation names the values of its sentence', () => {
  const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
  for (const [said, words] of Object.entries(catalogue)) expect(values(words), said).toEqual(values(said))
})
