/** A few words about what is pointed at or has the focus. Never the only place where something is said. */
import { Tooltip as Radix } from 'radix-ui'
import { use, type ReactElement } from 'react'
import { Inside } from './inside'
import { Kbd } from './kbd'

interface Props {
  words: string
  /** Keys that do the same. */
  keys?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** One element that can have the focus. */
  children: ReactElement
}

const DELAY_MS = 350

export function Tooltip({ words, keys, side = 'top', children }: Props) {
  const inside = use(Inside)
  return (
    <Radix.Provider delayDuration={DELAY_MS}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal container={inside}>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 flex max-w-64 animate-fade items-center gap-2 rounded-lg bg-ink px-2.5 py-1.5 text-xs text-paper shadow-raised"
          >
            {words}
            {keys !== undefined && <Kbd>{keys}</Kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
