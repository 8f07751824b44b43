/** Around every box of a form: its name over it, a hint and what is wrong under it. */
import type { ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  label: ReactNode
  /** Of the box inside, which says `aria-describedby={aboutId(id)}`. */
  id: string
  /** Beside the name: a counter. */
  beside?: ReactNode
  hint?: ReactNode
  problem?: string | null | undefined
  /** Only for those who cannot see what stands around the box. */
  hidden?: boolean
  children: ReactNode
}

export const aboutId = (id: string): string => `${id}-about`
export const nameId = (id: string): string => `${id}-name`

export function Labelled({ label, id, beside, hint, problem = null, hidden = false, children }: Props) {
  return (
    <div className="min-w-0">
      <div className={cx('mb-1.5 flex items-baseline justify-between gap-2', hidden && 'sr-only')}>
        <label id={nameId(id)} htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {beside}
      </div>
      {children}
      <div id={aboutId(id)} className="mt-1 text-xs text-soft empty:hidden">
        {hint}
        {problem !== null && <p className="text-bad-ink">{problem}</p>}
      </div>
    </div>
  )
}

/** What every box looks like, in each of its states. */
export function boxLook(isBad: boolean): string {
  return cx(
    'w-full min-w-0 rounded-lg border bg-raised text-base transition-colors placeholder:text-faint',
    'enabled:hover:border-soft disabled:cursor-not-allowed disabled:bg-sunken disabled:text-soft',
    isBad ? 'border-bad' : 'border-edge',
  )
}
