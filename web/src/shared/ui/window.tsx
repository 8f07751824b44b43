/** What a dialog and a sheet share: the page behind is dimmed, the focus stays inside and goes back where it was. */
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { IconButton } from './button'
import { Inside } from './inside'
import { useFocusBack } from './opener'

interface Props {
  title: string
  onClose: () => void
  /** Where it stands and how large it is. */
  className: string
  /** Over the title. */
  handle?: ReactNode
  children: ReactNode
}

/** Closes on Escape and on a press beside it. */
export function Window({ title, onClose, className, handle, children }: Props) {
  const [inside, setInside] = useState<HTMLElement | null>(null)
  const focusBack = useFocusBack()
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-black/45" />
        <Radix.Content ref={setInside} aria-describedby={undefined} onCloseAutoFocus={focusBack} className={className}>
          {handle}
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
