/** A modal window. The browser's own: it keeps the focus inside, closes on Escape, needs no library. */
import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'
import { IconButton } from './button'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  /** For two columns side by side. */
  wide?: boolean
}

export function Dialog({ title, onClose, children, wide = false }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    ref.current?.showModal()
  }, [])
  return (
    <dialog
      ref={ref}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) ref.current?.close()
      }}
      className={cx(
        'm-auto max-h-[min(42rem,calc(100dvh-2rem))] rounded-2xl border border-line bg-panel p-0 text-ink shadow-raised backdrop:bg-black/45',
        wide ? 'w-[min(58rem,calc(100vw-2rem))]' : 'w-[min(36rem,calc(100vw-2rem))]',
      )}
    >
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-2 border-b border-line ps-5 pe-2 py-2">
          <h2 className="font-semibold">{title}</h2>
          <IconButton label="Close" onClick={() => ref.current?.close()}>
            <X aria-hidden className="size-4.5" />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  )
}
