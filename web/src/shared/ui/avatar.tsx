/** A person as the first letters of their name, always in the same colour. */
import { cx } from '@/shared/lib/cx'

const TILES = ['tile-education', 'tile-hospitality', 'tile-investment', 'tile-ecommerce']

export function Avatar({ id, name }: { id: string; name: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        tileOf(id),
        'grid size-10 shrink-0 place-items-center rounded-full text-sm font-semibold select-none',
        'bg-[color-mix(in_oklab,var(--tile)_38%,var(--panel))] text-ink',
      )}
    >
      {initials(name)}
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
