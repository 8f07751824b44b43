/** The niche of a caravanserai: the mark of a business, and of Serai itself. */
import { cx } from '@/shared/lib/cx'

interface Named {
  name: string
  sector: 'education' | 'hospitality' | 'investment' | 'ecommerce'
}

const SIZES = {
  small: 'h-4 w-3.5 rounded-t-[7px] rounded-b-[3px] text-[0.5625rem]',
  large: 'h-9 w-8 rounded-t-[16px] rounded-b-[6px] text-sm',
}

/** Its first letter under an arch in the colour of its sector. Say the name beside it. */
export function BusinessMark({ business, size = 'large' }: { business: Named; size?: keyof typeof SIZES }) {
  return (
    <span
      aria-hidden
      className={cx(
        `tile-${business.sector}`,
        'inline-grid shrink-0 place-items-center bg-tile font-bold text-tile-ink select-none',
        SIZES[size],
      )}
    >
      {business.name.slice(0, 1).toUpperCase()}
    </span>
  )
}

/** Three arches, drawn; for places where there is nothing else to see. */
export function Arcade({ className }: { className?: string }) {
  const arch = (x: number, fill: string) => (
    <g fill="none" stroke={fill} strokeWidth="3" strokeLinejoin="round">
      <path d={`M${x} 66V38a18 18 0 0 1 36 0v28z`} />
      <path d={`M${x + 9} 66V40a9 9 0 0 1 18 0v26`} strokeWidth="2" opacity=".55" />
    </g>
  )
  return (
    <svg aria-hidden viewBox="0 0 136 72" className={cx('h-16 w-auto', className)}>
      {arch(4, 'var(--tile-turquoise)')}
      {arch(50, 'var(--lamp)')}
      {arch(96, 'var(--tile-rose)')}
      <path d="M0 67.5h136" stroke="var(--line-strong)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={cx('size-8', className)}>
      <path d="M5 28V15a11 11 0 0 1 22 0v13h-6V15.5a5 5 0 0 0-10 0V28z" fill="var(--lamp)" />
    </svg>
  )
}
