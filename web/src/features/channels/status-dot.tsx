/** A lamp: lit, warning, or out. The words stand beside it. */
import { cx } from '@/shared/lib/cx'
import type { Health } from './words'

const TONES: Record<Health, string> = { good: 'bg-good', warned: 'bg-lamp', broken: 'bg-bad' }

export function StatusDot({ health, className }: { health: Health; className?: string }) {
  return <span aria-hidden className={cx('size-2.5 shrink-0 rounded-full', TONES[health], className)} />
}
