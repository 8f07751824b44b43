/**
 * What a key press is called, whatever the keyboard writes.
 *
 * `event.key` comes first: on a French or a Dvorak keyboard A is where it says A. Where it writes no Latin letter
 * (Arabic, Russian, Greek), the place of the key counts: browsers name it in `event.code` after the US layout, which is
 * what is printed beside the other letter on most of these keyboards.
 */
export interface Press {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The key that commands on this system. */
export const modifier = (): 'Meta' | 'Control' => (isApple() ? 'Meta' : 'Control')

/** As shortcuts are written (`k`, `mod+k`, `shift+Enter`, `?`); null: nothing that is one. */
export function chordOf(press: Press): string | null {
  const { altKey, ctrlKey, metaKey, shiftKey } = press
  const [mod, other] = modifier() === 'Meta' ? [metaKey, ctrlKey] : [ctrlKey, metaKey]
  const key = nameOf(press)
  // Alt and AltGr write other letters.
  if (key === null || altKey || other) return null
  // Signs stand wherever the keyboard has them, with Shift or without.
  const isShifted = shiftKey && (key.length > 1 || /[a-z]/.test(key))
  return `${mod ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${key}`
}

const NOTHING = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified'])
/** Signs with a shape of their own. */
const SAME: Record<string, string> = { '؟': '?', '？': '?', '／': '/' }

function nameOf({ key, code, shiftKey }: Press): string | null {
  if (NOTHING.has(key)) return null
  const sign = SAME[key] ?? key
  if (Array.from(sign).length > 1 && /^[A-Z][a-zA-Z0-9]+$/.test(sign)) return sign
  if (/^[!-~]$/.test(sign)) return sign.toLowerCase()
  return placeOf(code, shiftKey)
}

function placeOf(code: string, shiftKey: boolean): string | null {
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]
  if (letter !== undefined) return letter.toLowerCase()
  if (code === 'Slash') return shiftKey ? '?' : '/'
  return null
}
