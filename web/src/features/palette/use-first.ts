/** Which row is chosen: the first, also of what is found later, until somebody goes to another. */
import { useState } from 'react'

const MOVES = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End'])
const ROWS = '[cmdk-item]:not([aria-disabled="true"])'

export function useFirst(typed: string) {
  const [value, setValue] = useState('')
  const [list, setList] = useState<HTMLElement | null>(null)
  /** What was typed when somebody went to a row by themselves. */
  const [leftAt, setLeftAt] = useState<string | null>(null)
  return {
    value,
    setValue,
    setList,
    leave: () => setLeftAt(typed),
    leaveBy: (key: string) => MOVES.has(key) && setLeftAt(typed),
    chooseFirst: () => {
      if (leftAt !== typed) setValue(list?.querySelector(ROWS)?.getAttribute('data-value') ?? '')
    },
  }
}
