/** A window at the side of the page, and at its foot on a phone. */
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
  /** At the side on a phone too. */
  always?: boolean
}

/** Draw it while it is open. */
export function Sheet({ title, onClose, children, always = false }: Props) {
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
            'fixed z-40 flex flex-col border-line bg-panel text-ink shadow-raised',
            'two:inset-y-0 two:end-0 two:h-dvh two:max-h-none two:w-96 two:animate-slide-in two:rounded-none two:border-s two:border-t-0',
            always
              ? 'inset-y-0 end-0 w-[min(24rem,88vw)] animate-slide-in border-s'
              : 'inset-x-0 bottom-0 max-h-[88dvh] animate-slide-up rounded-t-3xl border-t pb-[env(safe-area-inset-bottom)] two:start-auto',
          )}
        >
          {!always && <span aria-hidden className="mx-auto mt-2 h-1 w-10 rounded-full bg-line-strong two:hidden" />}
          <header className="flex items-center justify-between gap-2 border-b border-line py-2 ps-5 pe-2">
            <Radix.Title className="min-w-0 truncate font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('Close')}>
                <X aria-hidden className="size-4.5" />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Inside value={inside}>{children}</Inside>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
