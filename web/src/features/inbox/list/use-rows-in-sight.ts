/** Which rows of a long list are drawn, where all are of one height: those in sight, and some around them. */
import { startTransition, useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

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

/** How far it is scrolled, and how much of it is in sight, in pixels. */
interface Seen {
  top: number
  room: number
}

/** What is drawn of `count` rows of `height` pixels, where `room` pixels are seen from `top` on. */
export function rowsInSight(top: number, room: number, height: number, count: number): RowsInSight {
  const first = Math.max(0, Math.floor(top / height) - SPARE)
  const last = Math.min(count, Math.ceil((top + room) / height) + SPARE)
  return { from: Math.min(first - (first % STEP), count), to: Math.min(count, Math.ceil(last / STEP) * STEP) }
}

/**
 * `scrollTo` brings a row into sight if it is not. The first time the whole page is taken to be the list, nothing is measured
 * and nothing is spare: what cannot be seen yet is drawn when what can be seen is there. Another `list` begins at its top.
 */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, height: number, count: number, list: object): RowsInSight & { scrollTo: (index: number) => void } {
  const [seen, setSeen] = useState<Seen | null>(null)
  const lastTop = useRef(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      const { scrollTop: top, clientHeight: room } = element
      // Put aside for a conversation, it keeps its rows for when it is back.
      if (room === 0) return
      lastTop.current = top
      setSeen((old) => (old !== null && isSame(old, { top, room }, height) ? old : { top, room }))
    }
    // Told of its size once that is known anyway, and whenever it changes.
    const sizes = new ResizeObserver(() => startTransition(look))
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, height])

  useLayoutEffect(() => {
    if (lastTop.current === 0) return
    lastTop.current = 0
    scroller.current?.scrollTo({ top: 0 })
    setSeen((old) => old && { ...old, top: 0 })
  }, [scroller, list])
  const scrollTo = useCallback((index: number) => bringIntoSight(scroller, index * height, height), [scroller, height])
  const rows = seen === null ? { from: 0, to: Math.min(count, Math.ceil(globalThis.innerHeight / height)) } : rowsInSight(seen.top, seen.room, height, count)
  return { ...rows, scrollTo }
}

function bringIntoSight({ current }: RefObject<HTMLElement | null>, top: number, height: number): void {
  if (current === null) return
  const { scrollTop, clientHeight } = current
  current.scrollTo({ top: Math.min(top, Math.max(scrollTop, top + height - clientHeight)) })
}

/** Whether the same rows are drawn for both. */
function isSame(one: Seen, other: Seen, height: number): boolean {
  const before = rowsInSight(one.top, one.room, height, Infinity)
  const after = rowsInSight(other.top, other.room, height, Infinity)
  return before.from === after.from && before.to === after.to
}
