/** Which rows of a long list are drawn, where all are of one height: those in sight, and some around them. */
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'

/** Drawn on either side of what is in sight. */
const SPARE = 4
/** So many rows come and go together: scrolling draws the list once in so many rows, not at each. */
const STEP = 4

export interface RowsInSight {
  /** The first that is drawn. */
  from: number
  /** The first after it that is not. */
  to: number
}

/** What is drawn of `count` rows of `height` pixels, where `room` pixels are seen from `top` on. */
export function rowsInSight(top: number, room: number, height: number, count: number): RowsInSight {
  const first = Math.max(0, Math.floor(top / height) - SPARE)
  const last = Math.min(count, Math.ceil((top + room) / height) + SPARE)
  return { from: Math.min(first - (first % STEP), count), to: Math.min(count, Math.ceil(last / STEP) * STEP) }
}

/** `scrollTo` brings a row into sight if it is not. The first time the whole page is taken to be the list: nothing is measured. */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, height: number, count: number): RowsInSight & { scrollTo: (index: number) => void } {
  const [seen, setSeen] = useState({ top: 0, room: globalThis.innerHeight })
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      const { scrollTop: top, clientHeight: room } = element
      // Put aside for a conversation, it keeps its rows for when it is back.
      if (room > 0) setSeen((old) => (isSame(rowsInSight(old.top, old.room, height, Infinity), rowsInSight(top, room, height, Infinity)) ? old : { top, room }))
    }
    // Told of its size once that is known anyway, and whenever it changes.
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, height])

  const scrollTo = useCallback((index: number) => bringIntoSight(scroller, index * height, height), [scroller, height])
  return { ...rowsInSight(seen.top, seen.room, height, count), scrollTo }
}

function bringIntoSight({ current }: RefObject<HTMLElement | null>, top: number, height: number): void {
  if (current === null) return
  const { scrollTop, clientHeight } = current
  current.scrollTo({ top: Math.min(top, Math.max(scrollTop, top + height - clientHeight)) })
}

const isSame = (one: RowsInSight, other: RowsInSight) => one.from === other.from && one.to === other.to
