/** Shortcuts as people read them, on the system they are on. */
import { t } from '@/shared/i18n/t'
import { modifier } from './chords'
import { isSingleKey, SHORTCUTS, type ShortcutName } from './shortcuts'
import { useSingleKeys } from './single-keys'

const SIGNS: Record<string, () => string> = {
  mod: () => (modifier() === 'Meta' ? '⌘' : t('Ctrl')),
  shift: () => (modifier() === 'Meta' ? '⇧' : t('Shift')),
  Enter: () => t('Enter'),
  Escape: () => t('Esc'),
  Home: () => t('Home'),
  End: () => t('End'),
  ArrowUp: () => '↑',
  ArrowDown: () => '↓',
}

/** `mod+k` as [['⌘', 'K']], `g i` as [['G'], ['I']]: what is held together, one after the other. */
export function keyCaps(keys: string): string[][] {
  return keys.split(' ').map((chord) => chord.split('+').map((key) => SIGNS[key]?.() ?? key.toUpperCase()))
}

/** For a tooltip or a menu: "A", "⌘ K", "G I". */
export const keysAsText = (keys: string): string => keyCaps(keys).flat().join(' ')

/** The first of its keys that holds, as text; undefined: they are switched off. */
export function useKeysShown(name: ShortcutName): string | undefined {
  const singleKeys = useSingleKeys()
  const keys = SHORTCUTS[name].keys.find((each) => singleKeys || !isSingleKey(each))
  return keys === undefined ? undefined : keysAsText(keys)
}

/** On the button that does it. */
export interface KeyMarks {
  'data-shortcut': ShortcutName
  'aria-keyshortcuts': string | undefined
}

export function useKeyMarks(name: ShortcutName): KeyMarks {
  const singleKeys = useSingleKeys()
  const told = SHORTCUTS[name].keys.filter((each) => !each.includes(' ') && (singleKeys || !isSingleKey(each)))
  return { 'data-shortcut': name, 'aria-keyshortcuts': told.length === 0 ? undefined : told.map(ariaKeys).join(' ') }
}

/** Source: WAI-ARIA 1.2, aria-keyshortcuts. */
function ariaKeys(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key === 'mod' ? modifier() : key === 'shift' ? 'Shift' : key.length === 1 ? key.toUpperCase() : key))
    .join('+')
}

/** "Resolve (E)": for the name that a mouse reads. */
export function useHint(name: ShortcutName, words: string): string {
  const keys = useKeysShown(name)
  return keys === undefined ? words : `${words} (${keys})`
}
