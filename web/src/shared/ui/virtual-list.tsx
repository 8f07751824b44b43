/** A list of any length: only what is in sight is drawn. Arrow keys, Home and End walk through all of it. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props<Item> {
  /** Names the list. */
  label: string
  items: Item[]
  idOf: (item: Item) => string
  /** Draws one; what can have the focus in it gets it when it is walked to. */
  children: (item: Item) => ReactNode
  /** Pixels of one, about; each is measured. */
  height: number
  /** Its end comes near: fetch more. */
  onEnd?: () => void
  className?: string
}

/** Drawn beyond what is in sight. */
const SPARE = 8

export function VirtualList<Item>({ label, items, idOf, children, height, onEnd, className }: Props<Item>) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- it changes on every scroll, which is what is wanted
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : idOf(item)
    },
    overscan: SPARE,
  })
  const drawn = rows.getVirtualItems()
  const reached = drawn.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && reached >= items.length - SPARE) onEnd?.()
  }, [reached, items.length, onEnd])

  const goTo = (index: number) => {
    rows.scrollToIndex(index, { align: 'auto' })
    // It may not be drawn before the next frame.
    requestAnimationFrame(() => focusIn(scroller.current, index))
  }
  return (
    <div ref={scroller} className={cx('h-full overflow-y-auto', className)}>
      <ul
        aria-label={label}
        className="relative"
        style={{ height: rows.getTotalSize() }}
        onKeyDown={(event) => {
          const next = target(event, items.length)
          if (next === null) return
          event.preventDefault()
          goTo(next)
        }}
      >
        {drawn.map(({ index, key, start }) => {
          const item = items[index]
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {item !== undefined && children(item)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Where a key leads; `null`: nowhere. */
function target({ key, target: element }: KeyboardEvent, count: number): number | null {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-index]') : null
  if (row === null || element instanceof HTMLInputElement) return null
  const at = Number(row.dataset['index'])
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key]
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next))
}

function focusIn(scroller: HTMLElement | null, index: number): void {
  scroller?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button, [tabindex])`)?.focus()
}
