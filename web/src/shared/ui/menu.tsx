/** Things to do, behind a button or behind the right mouse button: walked with the arrow keys, found by letters. */
import type { LucideIcon } from 'lucide-react'
import { lazy, Suspense, useRef, useState, type ComponentProps, type MouseEvent, type ReactNode } from 'react'

export type MenuEntry =
  | {
      label: string
      onSelect: () => void
      icon?: LucideIcon
      /** A second line. */
      about?: string
      /** Keys that do the same, as they are shown: "E". */
      keys?: string
      /** How many are behind it. */
      count?: number | undefined
      danger?: boolean
      disabled?: boolean
      /** With a tick or room for one. */
      checked?: boolean
    }
  | { heading: string }
  | 'line'

export interface MenuPlace {
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

interface Props extends MenuPlace {
  /** What is on the button. */
  face: ReactNode
  buttonProps: Omit<ComponentProps<'button'>, 'children' | 'onClick'>
  /** Names the menu. */
  label: string
  entries: MenuEntry[]
}

// What puts it in its place is large and not needed before somebody is about to press.
const fetchPanel = () => import('./menu-panel')
const MenuPanel = lazy(fetchPanel)

export function Menu({ face, buttonProps, label, entries, ...place }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <span className="relative inline-flex min-w-0">
      <button
        type="button"
        aria-haspopup="menu"
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
          <MenuPanel label={label} entries={entries} onClose={() => setOpen(false)} opener={button} {...place} />
        </Suspense>
      )}
    </span>
  )
}

interface ContextProps {
  label: string
  entries: MenuEntry[]
  children: ReactNode
  className?: string
}

/** Around something that has a menu of its own. All that is in it has to be reachable without it too. */
export function ContextMenu({ label, entries, children, className }: ContextProps) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const opener = useRef<HTMLElement>(null)
  const open = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setAt({ x: event.clientX, y: event.clientY })
  }
  return (
    <div onContextMenu={open} className={className}>
      {children}
      {at !== null && (
        <Suspense>
          <MenuPanel label={label} entries={entries} onClose={() => setAt(null)} opener={opener} at={at} side="bottom" />
        </Suspense>
      )}
    </div>
  )
}
