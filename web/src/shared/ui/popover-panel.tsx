/** The panel of a popover, put where there is room for it. */
import { Popover as Radix } from 'radix-ui'
import { use, type ReactNode, type RefObject } from 'react'
import { cx } from '@/shared/lib/cx'
import { Inside } from './inside'

interface Props {
  button: RefObject<HTMLButtonElement | null>
  label: string
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  onClose: () => void
  children: ReactNode
  className?: string | undefined
}

/** Pixels to the button, and to the sides of the page. */
const GAP = 6
const EDGE = 8

export default function PopoverPanel({ button, label, align = 'start', side = 'top', onClose, children, className }: Props) {
  const inside = use(Inside)
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Anchor virtualRef={button} />
      <Radix.Portal container={inside}>
        <Radix.Content
          role="group"
          aria-label={label}
          align={align}
          side={side}
          sideOffset={GAP}
          collisionPadding={EDGE}
          onInteractOutside={(event) => {
            // Its own button closes it by itself.
            if (event.target instanceof Node && button.current?.contains(event.target) === true) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onEscapeKeyDown={() => button.current?.focus()}
          className={cx('z-50 animate-rise rounded-2xl border border-line bg-raised text-ink shadow-raised outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
