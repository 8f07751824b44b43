import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test, vi } from 'vitest'
import arabic from './ar.json'
import { compile } from './compile'

const MESSAGES = [
  'plain',
  '',
  'It is {there} there now.',
  '{ spaced }',
  "it's {who}'s, isn''t it",
  "a '{brace}' kept",
  '{count, plural, one {# reply} other {# replies}} of {limit}',
  '{count, plural, offset:1 =0 {nobody} one {{name}} other {{name} and # more}}',
  '{kind, select, open {Open # {n, plural, one {# day} other {# days}}} other {}}',
  '{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
  "{count, plural, other {'#' is #}}",
  '{n, number} rows',
]

test.each([...MESSAGES, ...Object.keys(arabic), ...Object.values(arabic).filter((words) => words !== '')])(
  'reads as Lingui does: %s',
  (message) => {
    expect(compile(message)).toEqual(compileMessage(message))
  },
)

test('shows a message that cannot be read as it is written', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(compile('{count, plural, one')).toEqual(['{count, plural, one'])
  expect(compile('a } b')).toEqual(['a } b'])
  expect(told).toHaveBeenCalledTimes(2)
})
