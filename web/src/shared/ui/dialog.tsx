/** A modal window in the middle of the page. */
import type { ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'
import { Window } from './window'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  /** For two columns side by side. */
  wide?: boolean
}

/** Draw it while it is open. */
export function Dialog({ title, onClose, children, wide = false }: Props) {
  const className = cx(
    'fixed inset-0 z-40 m-auto flex h-fit max-h-[min(42rem,calc(100dvh-2rem))] animate-rise flex-col rounded-2xl border border-line bg-panel text-ink shadow-raised',
    wide ? 'w-[min(58rem,calc(100vw-2rem))]' : 'w-[min(36rem,calc(100vw-2rem))]',
  )
  return (
    <Window title={title} onClose={onClose} className={className}>
      {children}
    </Window>
  )
}

/** The last row of a window: what to do with it. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{children}</footer>
}
