/** A modal window. The browser's own: it keeps the focus inside, closes on Escape, needs no library. */
import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './button'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
}

export function Dialog({ title, onClose, children }: Props) {
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
      className="m-auto max-h-[min(42rem,calc(100dvh-2rem))] w-[min(36rem,calc(100vw-2rem))] rounded-2xl border border-line bg-panel p-0 text-ink shadow-raised backdrop:bg-black/45"
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
