import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chordOf, type Press } from './chords'
import { listenToKeys } from './listen'
import { isSingleKey, NAMES, SHORTCUTS, type Scope } from './shortcuts'
import { setSingleKeys } from './single-keys'

const BARE: Press = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const chord = (press: Partial<Press>) => chordOf({ ...BARE, ...press })

/** Scopes that hold at the same time. */
const together = (one: Scope, other: Scope) => one === other || (one !== 'writing' && other !== 'writing')

test('no two shortcuts that hold at once have the same keys, and none begins another', () => {
  const all = NAMES.flatMap((name) => SHORTCUTS[name].keys.map((keys) => ({ name, keys, scope: SHORTCUTS[name].scope })))
  const clashes = all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => together(one.scope, other.scope))
      .filter((other) => `${one.keys} `.startsWith(`${other.keys} `) || `${other.keys} `.startsWith(`${one.keys} `))
      .map((other) => `${one.name} and ${other.name}: ${one.keys}`),
  )
  expect(clashes).toEqual([])
})

test('no shortcut takes a key that browsers or screen readers need with Ctrl', () => {
  const taken = ['mod+c', 'mod+v', 'mod+x', 'mod+a', 'mod+z', 'mod+f', 'mod+p', 'mod+r', 'mod+t', 'mod+w', 'mod+n', 'mod+l']
  expect(NAMES.flatMap((name) => SHORTCUTS[name].keys).filter((keys) => taken.includes(keys))).toEqual([])
})

test('each has words of its own', () => {
  const words = NAMES.map((name) => SHORTCUTS[name].words())
  expect(new Set(words).size).toBe(words.length)
})

/** What Chromium and Firefox give for the key right of Tab, and so on, under these layouts. */
test.each([
  ['US', { key: 'a', code: 'KeyA' }, 'a'],
  ['French, where A is in the place of Q', { key: 'a', code: 'KeyQ' }, 'a'],
  ['Arabic', { key: 'ش', code: 'KeyA' }, 'a'],
  ['Arabic, one key with two letters', { key: 'لا', code: 'KeyB' }, 'b'],
  ['Russian', { key: 'к', code: 'KeyR' }, 'r'],
  ['Caps Lock', { key: 'A', code: 'KeyA' }, 'a'],
  ['Shift', { key: 'A', code: 'KeyA', shiftKey: true }, 'shift+a'],
  ['Ctrl', { key: 'k', code: 'KeyK', ctrlKey: true }, 'mod+k'],
  ['Ctrl on an Arabic keyboard', { key: 'ن', code: 'KeyK', ctrlKey: true }, 'mod+k'],
  ['a question mark, US', { key: '?', code: 'Slash', shiftKey: true }, '?'],
  ['a question mark, German', { key: '?', code: 'Minus', shiftKey: true }, '?'],
  ['a question mark, Arabic', { key: '؟', code: 'Slash', shiftKey: true }, '?'],
  ['a slash, German', { key: '/', code: 'Digit7', shiftKey: true }, '/'],
  ['the key of the slash, Arabic', { key: 'ظ', code: 'Slash' }, '/'],
  ['AltGr, which writes', { key: 'ę', code: 'KeyE', altKey: true, ctrlKey: true }, null],
  ['a dead key', { key: 'Dead', code: 'Quote' }, null],
  ['Shift alone', { key: 'Shift', code: 'ShiftLeft', shiftKey: true }, null],
  ['Escape', { key: 'Escape', code: 'Escape' }, 'Escape'],
])('a key press is called the same on every keyboard: %s', (_, press, name) => {
  expect(chord(press)).toBe(name)
})

test('what can be switched off is every key that writes', () => {
  expect(['a', '?', '/', 'g i'].every(isSingleKey)).toBe(true)
  expect(['mod+k', 'Escape', 'shift+Enter'].some(isSingleKey)).toBe(false)
})

/** The button of the page that is marked with a shortcut, and what is pressed where. */
const press = (key: string, on: Element = document.body, more: KeyboardEventInit = {}) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))

const clicked = vi.fn<(name: string | undefined) => void>()
const begun = vi.fn<(keys: string | null) => void>()
let stop: () => void

beforeEach(() => {
  document.body.innerHTML = '<button data-shortcut="resolve"></button><button data-shortcut="goInbox"></button><textarea></textarea>'
  for (const button of document.querySelectorAll('button')) {
    button.checkVisibility = () => true
    button.addEventListener('click', () => {
      clicked(button.dataset['shortcut'])
    })
  }
  stop = listenToKeys(begun)
})

afterEach(() => {
  stop()
  setSingleKeys(true)
  document.body.innerHTML = ''
  clicked.mockClear()
  begun.mockClear()
})

test('a key presses the button that is marked with it', () => {
  press('e')
  expect(clicked.mock.calls).toEqual([['resolve']])
})

test('nothing fires while somebody writes, composes a letter, or holds the key', () => {
  press('e', document.querySelector('textarea') ?? document.body)
  press('e', document.body, { isComposing: true })
  press('e', document.body, { repeat: true })
  press('e', document.body, { ctrlKey: true })
  expect(clicked).not.toHaveBeenCalled()
})

test('a disabled button has no key', () => {
  document.querySelector('button')?.setAttribute('disabled', '')
  press('e')
  expect(clicked).not.toHaveBeenCalled()
})

test('two keys one after the other do one thing; another key in between forgets the first', () => {
  press('g')
  press('i')
  expect(clicked.mock.calls).toEqual([['goInbox']])
  expect(begun.mock.calls).toEqual([['g'], [null]])
  clicked.mockClear()
  press('g')
  press('y')
  press('i')
  expect(clicked).not.toHaveBeenCalled()
})

test('switched off, no single key does anything', () => {
  setSingleKeys(false)
  press('e')
  press('g')
  press('i')
  expect(clicked).not.toHaveBeenCalled()
})

test('a window over the page keeps the keys', () => {
  document.body.insertAdjacentHTML('beforeend', '<div role="dialog" data-state="open"></div>')
  press('e')
  expect(clicked).not.toHaveBeenCalled()
})
