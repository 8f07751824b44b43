/** A short word about the state of something. */
import type { ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

const TONES = {
  lamp: 'bg-lamp-soft text-lamp-ink',
  good: 'bg-good-soft text-good-ink',
  bad: 'bg-bad-soft text-bad-ink',
  quiet: 'bg-sunken text-soft',
}

export function Badge({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex min-w-0 items-center gap-1 rounded-full px-2 py-0.5 text-2xs font-semibold whitespace-nowrap',
        '[&_svg]:size-3 [&_svg]:shrink-0',
        TONES[tone],
      )}
    >
      {children}
    </span>
  )
}
