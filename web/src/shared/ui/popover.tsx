/** A small panel that belongs to a button: opens on press, closes on Escape, on a press elsewhere, or when left. */
import { createContext, lazy, Suspense, useMemo, useRef, useState, type ComponentProps, type ReactNode } from 'react'

interface Props {
  /** What is on the button. */
  face: ReactNode
  buttonProps: Omit<ComponentProps<'button'>, 'children' | 'onClick'>
  /** Names the panel. */
  label: string
  /** On which side of the button it starts. */
  align?: 'start' | 'end'
  /** Where there is no room it goes to the other side by itself. */
  side?: 'top' | 'bottom'
  children: ReactNode
  className?: string
}

/** For what is inside: closes the panel and gives the focus back to its button. */
export const ClosePopover = createContext<() => void>(() => undefined)

// What puts it in its place is large and not needed before somebody is about to press.
const fetchPanel = () => import('./popover-panel')
const PopoverPanel = lazy(fetchPanel)

export function Popover({ face, buttonProps, children, ...panel }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = useMemo(
    () => () => {
      setOpen(false)
      button.current?.focus()
    },
    [],
  )
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={() => void fetchPanel()}
        onFocus={() => void fetchPanel()}
        {...buttonProps}
        ref={button}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <Suspense>
          <PopoverPanel button={button} onClose={() => setOpen(false)} {...panel}>
            <ClosePopover value={close}>{children}</ClosePopover>
          </PopoverPanel>
        </Suspense>
      )}
    </>
  )
}
