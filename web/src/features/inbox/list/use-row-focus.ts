/** The focus on its way through a list of which only a part is drawn. */
import { startTransition, useLayoutEffect, useRef, useState, type FocusEvent, type RefObject } from 'react'
import { focusRow, idOf } from './rows'

export interface RowFocus {
  /** The row that has the focus, had it last, or gets it as soon as it is drawn. */
  id: string | undefined
  /** Where the keys lead on from. */
  from: () => string | undefined
  moveTo: (id: string | undefined) => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
}

export function useRowFocus(scroller: RefObject<HTMLElement | null>): RowFocus {
  const [id, setId] = useState<string>()
  const towards = useRef<string>(undefined)
  const arrive = () => {
    if (focusRow(scroller.current, towards.current)) towards.current = undefined
  }
  useLayoutEffect(arrive)
  return {
    id,
    from: () => towards.current ?? idOf(document.activeElement),
    moveTo: (wanted) => {
      towards.current = wanted
      arrive()
    },
    onFocus: ({ target }) => {
      towards.current = undefined
      const focused = idOf(target)
      // A press gives the focus too, and has more to show.
      if (focused !== undefined) startTransition(() => setId(focused))
    },
  }
}
