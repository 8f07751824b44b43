/** Hears the keys of the page and does what they stand for. */
import { chordOf } from './chords'
import { canPress, isUnderWindow, press } from './live'
import { isSingleKey, NAMES, SHORTCUTS, type ShortcutName } from './shortcuts'
import { singleKeysAreOn } from './single-keys'

/** So long after its first key a sequence is forgotten. */
const PATIENCE_MS = 1_500
/** What takes letters itself: words are written there, or the first letter of an entry finds it. */
const TAKES_LETTERS =
  'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [role=listbox], [role=combobox], [role=menu], [data-radix-popper-content-wrapper]'

type OnBegun = (keys: string | null) => void

/** `onBegun` is told of the first key of a sequence, and of its end. Returns what stops it. */
export function listenToKeys(onBegun: OnBegun): () => void {
  let begun: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function begin(keys: string | null) {
    clearTimeout(timer)
    if (keys !== begun) onBegun(keys)
    begun = keys
    if (keys !== null) timer = setTimeout(() => begin(null), PATIENCE_MS)
  }
  function hear(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || isUnderWindow()) return
    const chord = chordOf(event)
    if (chord === null) return
    const keys = begun === null ? chord : `${begun} ${chord}`
    begin(null)
    const holds = inForce(isWriting(event.target), event.repeat)
    const name = holds.find((each) => SHORTCUTS[each].keys.some((own) => own === keys && isAllowed(own)))
    if (name !== undefined ? press(name) : false) event.preventDefault()
    else if (holds.some((each) => canPress(each) && SHORTCUTS[each].keys.some((own) => own.startsWith(`${keys} `) && isAllowed(own)))) begin(keys)
  }
  document.addEventListener('keydown', hear)
  return () => {
    begin(null)
    document.removeEventListener('keydown', hear)
  }
}

const isAllowed = (keys: string): boolean => singleKeysAreOn() || !isSingleKey(keys)

function inForce(isWritingNow: boolean, repeats: boolean): ShortcutName[] {
  return NAMES.filter((name) => {
    const shortcut = SHORTCUTS[name]
    if (shortcut.native === true || (repeats && shortcut.repeats !== true)) return false
    return !isWritingNow || shortcut.whileTyping === true
  })
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest(TAKES_LETTERS) !== null
}
