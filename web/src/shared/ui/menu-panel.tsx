/** The open menu. */
import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { use, type RefObject } from 'react'
import { cx } from '@/shared/lib/cx'
import { Inside } from './inside'
import { Kbd } from './kbd'
import type { MenuEntry, MenuPlace } from './menu'

interface Props extends MenuPlace {
  label: string
  entries: MenuEntry[]
  onClose: () => void
  /** Gets the focus back. */
  opener: RefObject<HTMLElement | null>
  /** Pixels of the page; absent: over the element that it is drawn in. */
  at?: { x: number; y: number }
}

export default function MenuPanel({ label, entries, onClose, opener, at, align = 'start', side = 'bottom' }: Props) {
  const inside = use(Inside)
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span
          tabIndex={-1}
          aria-hidden
          className={cx('pointer-events-none', at === undefined ? 'absolute inset-0' : 'fixed size-0')}
          style={at === undefined ? undefined : { insetBlockStart: at.y, left: at.x }}
        />
      </Radix.Trigger>
      <Radix.Portal container={inside}>
        <Radix.Content
          aria-label={label}
          aria-labelledby={undefined}
          align={align}
          side={side}
          sideOffset={at === undefined ? 6 : 2}
          collisionPadding={8}
          loop
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // What was chosen may have moved it already.
            if (document.activeElement === document.body || document.activeElement === null) opener.current?.focus()
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-rise overflow-y-auto rounded-xl border border-line bg-raised p-1 text-ink shadow-raised outline-none"
        >
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const ROW = cx(
  'flex min-h-control cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none select-none',
  'data-highlighted:bg-sunken data-disabled:cursor-not-allowed data-disabled:text-faint',
)

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'line') return <Radix.Separator className="mx-1 my-1 h-px bg-line" />
  if ('heading' in entry) {
    return <Radix.Label className="px-2.5 pt-1.5 pb-0.5 text-2xs font-medium text-faint">{entry.heading}</Radix.Label>
  }
  const look = cx(ROW, entry.danger === true && 'text-bad-ink data-highlighted:bg-bad-soft')
  if (entry.checked !== undefined) {
    return (
      <Radix.CheckboxItem checked={entry.checked} disabled={entry.disabled} onSelect={entry.onSelect} className={look}>
        <Check aria-hidden className={cx('size-4 shrink-0 text-accent', !entry.checked && 'opacity-0')} />
        <Words {...entry} />
      </Radix.CheckboxItem>
    )
  }
  return (
    <Radix.Item disabled={entry.disabled} onSelect={entry.onSelect} className={look}>
      <Words {...entry} />
    </Radix.Item>
  )
}

function Words({ label, about, icon: Icon, keys, count, danger }: Exclude<MenuEntry, 'line' | { heading: string }>) {
  return (
    <>
      {Icon !== undefined && <Icon aria-hidden className={cx('size-4 shrink-0', danger !== true && 'text-soft')} />}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {about !== undefined && <span className="block truncate text-xs text-soft">{about}</span>}
      </span>
      {count !== undefined && <span className="ms-3 text-xs text-soft tabular-nums">{count}</span>}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </>
  )
}
