/** A modal window at the side of the page, and at its foot on a phone. */
import type { ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'
import { Window } from './window'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
  /** At the side on a phone too. */
  always?: boolean
}

/** Draw it while it is open. */
export function Sheet({ title, onClose, children, always = false }: Props) {
  const className = cx(
    'fixed z-40 flex flex-col border-line bg-panel text-ink shadow-raised',
    'two:inset-y-0 two:end-0 two:h-dvh two:max-h-none two:w-96 two:animate-slide-in two:rounded-none two:border-s two:border-t-0',
    always
      ? 'inset-y-0 end-0 w-[min(24rem,88vw)] animate-slide-in border-s'
      : 'inset-x-0 bottom-0 max-h-[88dvh] animate-slide-up rounded-t-3xl border-t pb-[env(safe-area-inset-bottom)] two:start-auto',
  )
  const grip = <span aria-hidden className="mx-auto mt-2 h-1 w-10 rounded-full bg-line-strong two:hidden" />
  return (
    <Window title={title} onClose={onClose} className={className} handle={!always && grip}>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </Window>
  )
}
