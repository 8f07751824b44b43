/** Asks once more before something that cannot be taken back. What can be taken back is done at once, with an undo. */
import { AlertDialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from './button'
import { useFocusBack } from './opener'

interface Props {
  /** A question: "Revoke this key?" */
  title: string
  /** What happens then. */
  children: ReactNode
  /** What the button does, as a verb: "Revoke". */
  verb: string
  onConfirm: () => void
  onClose: () => void
  danger?: boolean
  /** It is being done; the window stays until it is drawn no more. */
  busy?: boolean
  /** Why it did not work. */
  problem?: string | null
}

/** Draw it while it is open. */
export function Confirm({ title, children, verb, onConfirm, onClose, danger = false, busy = false, problem = null }: Props) {
  const focusBack = useFocusBack()
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-black/45" />
        <Radix.Content
          onCloseAutoFocus={focusBack}
          className="fixed inset-0 z-40 m-auto h-fit w-[min(26rem,calc(100vw-2rem))] animate-rise rounded-2xl border border-line bg-panel p-5 text-ink shadow-raised"
        >
          <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="mt-1.5 text-sm text-soft">{children}</div>
          </Radix.Description>
          {problem !== null && (
            <p role="alert" className="mt-3 text-sm text-bad-ink">
              {problem}
            </p>
          )}
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{t('Cancel')}</Button>
            </Radix.Cancel>
            <Button look={danger ? 'danger' : 'main'} busy={busy} onClick={onConfirm}>
              {verb}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
