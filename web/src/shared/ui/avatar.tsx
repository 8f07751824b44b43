/** A person as the first letters of their name, always in the same colour. */
import { cx } from '@/shared/lib/cx'

const TILES = ['tile-education', 'tile-hospitality', 'tile-investment', 'tile-ecommerce']

const SIZES = { small: 'size-5 text-[0.5625rem]', medium: 'size-7 text-2xs', large: 'size-10 text-sm', huge: 'size-16 text-xl' }

interface Props {
  /** Decides the colour. */
  id: string
  name: string
  size?: keyof typeof SIZES
  /** A dot: green while they are here, grey while they are away. */
  presence?: 'here' | 'away'
}

/** Say the name beside it. */
export function Avatar({ id, name, size = 'large', presence }: Props) {
  return (
    <span aria-hidden className="relative inline-grid shrink-0">
      <span
        className={cx(
          tileOf(id),
          SIZES[size],
          'grid place-items-center rounded-full font-semibold select-none',
          'bg-[color-mix(in_oklab,var(--tile)_38%,var(--panel))] text-ink',
        )}
      >
        {initials(name)}
      </span>
      {presence !== undefined && (
        <span
          className={cx(
            'absolute -end-0.5 -bottom-0.5 rounded-full border-2 border-panel',
            size === 'large' || size === 'huge' ? 'size-3' : 'size-2.5',
            presence === 'here' ? 'bg-good' : 'bg-line-strong',
          )}
        />
      )}
    </span>
  )
}

function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, '').split(' ').filter(Boolean)
  const letters = words.filter((word) => /^\p{L}/u.test(word)).slice(0, 2)
  if (letters.length > 0) return letters.map((word) => Array.from(word)[0]).join('').toUpperCase()
  return words.join('').slice(-2)
}

function tileOf(id: string): string | undefined {
  const sum = Array.from(id).reduce((total, letter) => total + letter.charCodeAt(0), 0)
  return TILES[sum % TILES.length]
}
