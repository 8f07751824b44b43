/** Arrow keys, Page, Home and End over a list of which a part is drawn and a part is not even fetched. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'

interface List {
  virtual: Virtualizer<HTMLDivElement, Element>
  count: number
  hasMore: boolean
  isFetching: boolean
  onEnd: () => void
}

const PAGE_ROWS = 10
/** Pages that one press of End fetches; who wants more presses again. */
const MOST_PAGES = 40

export interface Walk {
  /** The row on the way of Tab. */
  at: number
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  onFocus: (event: FocusEvent<HTMLElement>) => void
}

export function useWalk({ virtual, count, hasMore, isFetching, onEnd }: List): Walk {
  const [at, setAt] = useState(0)
  const pagesLeft = useRef(0)
  const goTo = (index: number) => {
    virtual.scrollToIndex(index, { align: 'auto' })
    focusSoon(virtual.scrollElement, index)
  }
  useEffect(() => {
    if (pagesLeft.current === 0 || isFetching) return
    pagesLeft.current = hasMore ? pagesLeft.current - 1 : 0
    if (hasMore) onEnd()
    virtual.scrollToIndex(count - 1, { align: 'end' })
    if (pagesLeft.current === 0) focusSoon(virtual.scrollElement, count - 1)
  }, [count, hasMore, isFetching, onEnd, virtual])
  return {
    at: Math.min(at, count - 1),
    onFocus: ({ target }) => setAt((old) => indexOf(target) ?? old),
    onKeyDown: (event) => {
      const from = indexOf(event.target)
      const next = from === null ? undefined : target(event.key, from, count)
      if (next === undefined) return
      event.preventDefault()
      pagesLeft.current = event.key === 'End' && hasMore ? MOST_PAGES : 0
      goTo(Math.min(count - 1, Math.max(0, next)))
      if (pagesLeft.current > 0 && !isFetching) onEnd()
    },
  }
}

const target = (key: string, at: number, count: number): number | undefined =>
  ({ ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + PAGE_ROWS, PageUp: at - PAGE_ROWS, Home: 0, End: count - 1 })[key]

function indexOf(element: EventTarget): number | null {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-index]') : null
  return row === null ? null : Number(row.dataset['index'])
}

/** It may not be drawn before the next frame, or the one after. */
function focusSoon(scroller: HTMLElement | null, index: number, tries = 5): void {
  requestAnimationFrame(() => {
    const link = scroller?.querySelector<HTMLElement>(`[data-index="${index}"] a`)
    if (link) link.focus({ preventScroll: true })
    else if (tries > 0) focusSoon(scroller, index, tries - 1)
  })
}
