/** A modal window: keeps the focus inside, closes on Escape and on a press beside it, gives the focus back. */
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { IconButton } from './button'
import { Inside } from './inside'
import { useFocusBack } from './opener'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  /** For two columns side by side. */
  wide?: boolean
}

/** Draw it while it is open. */
export function Dialog({ title, onClose, children, wide = false }: Props) {
  const [inside, setInside] = useState<HTMLElement | null>(null)
  const focusBack = useFocusBack()
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-black/45" />
        <Radix.Content
          ref={setInside}
          aria-describedby={undefined}
          onCloseAutoFocus={focusBack}
          className={cx(
            'fixed inset-0 z-40 m-auto flex h-fit max-h-[min(42rem,calc(100dvh-2rem))] animate-rise flex-col rounded-2xl border border-line bg-panel text-ink shadow-raised',
            wide ? 'w-[min(58rem,calc(100vw-2rem))]' : 'w-[min(36rem,calc(100vw-2rem))]',
          )}
        >
          <header className="flex items-center justify-between gap-2 border-b border-line py-2 ps-5 pe-2">
            <Radix.Title className="min-w-0 truncate font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('Close')}>
                <X aria-hidden className="size-4.5" />
              </IconButton>
            </Radix.Close>
          </header>
          <Inside value={inside}>{children}</Inside>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The last row of a window: what to do with it. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{children}</footer>
}
