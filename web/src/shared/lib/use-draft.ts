/** What somebody is writing over what is kept. */
import { useState } from 'react'

export interface Draft<Value extends object> {
  value: Value
  isChanged: boolean
  change: (part: Partial<Value>) => void
  undo: () => void
}

/** `kept` shines through until something is written; after saving, it is what was written. */
export function useDraft<Value extends object>(kept: Value): Draft<Value> {
  const [written, setWritten] = useState<Partial<Value>>({})
  const value = { ...kept, ...written }
  return {
    value,
    isChanged: JSON.stringify(value) !== JSON.stringify(kept),
    change: (part) => setWritten((old) => ({ ...old, ...part })),
    undo: () => setWritten({}),
  }
}
