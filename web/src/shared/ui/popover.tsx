/** A small panel that belongs to a button: opens on press, closes on Escape, on a press elsewhere, or when left. */
import { createContext, useEffect, useMemo, useRef, useState, type ComponentProps, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  /** What is on the button. */
  face: ReactNode
  buttonProps: Omit<ComponentProps<'button'>, 'children' | 'onClick'>
  /** Names the panel. */
  label: string
  /** On which side of the button it starts. */
  align?: 'start' | 'end'
  children: ReactNode
  className?: string
}

/** For what is inside: closes the panel and gives the focus back to its button. */
export const ClosePopover = createContext<() => void>(() => undefined)

/** Pixels between it and the side of the page. */
const EDGE = 8
/** With less room than this above (pixels) it opens below. */
const ROOM_ABOVE = 180

export function Popover({ face, buttonProps, label, align = 'start', children, className }: Props) {
  const [open, setOpen] = useState(false)
  const [below, setBelow] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = useMemo(
    () => () => {
      setOpen(false)
      button.current?.focus()
    },
    [],
  )
  useEffect(() => {
    if (!open) return
    const onPress = ({ target }: Event) => {
      if (target instanceof Node && root.current?.contains(target) !== true) setOpen(false)
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [open])

  const toggle = () => {
    const top = button.current?.getBoundingClientRect().top ?? 0
    setBelow(top - topOfScroller(root.current) < ROOM_ABOVE)
    setOpen(!open)
  }
  return (
    <div
      ref={root}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        close()
      }}
    >
      <button type="button" {...buttonProps} ref={button} aria-expanded={open} onClick={toggle}>
        {face}
      </button>
      {open && (
        <div
          ref={keepOnScreen}
          role="group"
          aria-label={label}
          className={cx(
            'absolute z-30 animate-rise rounded-2xl border border-line bg-raised text-ink shadow-raised',
            below ? 'top-[calc(100%+0.375rem)]' : 'bottom-[calc(100%+0.375rem)]',
            align === 'start' ? 'start-0' : 'end-0',
            className,
          )}
        >
          <ClosePopover value={close}>{children}</ClosePopover>
        </div>
      )}
    </div>
  )
}

/** Moves it sideways when it would stick out of the page. */
function keepOnScreen(panel: HTMLElement | null): void {
  if (panel === null) return
  const { left, right } = panel.getBoundingClientRect()
  const over = Math.max(0, right + EDGE - document.documentElement.clientWidth)
  const under = Math.max(0, EDGE - left)
  panel.style.marginLeft = `${under - over}px`
}

function topOfScroller(element: HTMLElement | null): number {
  return element?.closest('[role=log]')?.getBoundingClientRect().top ?? 0
}
