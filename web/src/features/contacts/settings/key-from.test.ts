import { expect, test } from 'vitest'
import { keyFrom } from './key-from'

test('a field is named for machines in small letters, and never like another one', () => {
  expect(keyFrom('Shoe size', [])).toBe('shoe_size')
  expect(keyFrom('2nd child?', [])).toBe('nd_child')
  expect(keyFrom('Größe', [])).toBe('gro_e')
  expect(keyFrom('المقاس', [])).toBe('field')
  expect(keyFrom('المدينة', ['field'])).toBe('field_2')
  expect(keyFrom('Grade', ['grade', 'grade_2'])).toBe('grade_3')
  expect(keyFrom('x'.repeat(80), []).length).toBeLessThanOrEqual(40)
})
