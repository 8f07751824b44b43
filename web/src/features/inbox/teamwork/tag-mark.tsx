/** A tag, as a word with its colour. */
import { cx } from '@/shared/lib/cx'

/** By the name that the server gives a colour. */
const COLOURS: Record<string, string> = {
  grey: 'bg-line-strong',
  red: 'bg-bad',
  orange: 'bg-lamp',
  yellow: 'bg-lamp',
  green: 'bg-good',
  teal: 'bg-good',
  blue: 'bg-accent-fill',
  purple: 'bg-accent',
  pink: 'bg-bad',
}

export function TagDot({ colour }: { colour: string }) {
  return <span aria-hidden className={cx('size-2.5 shrink-0 rounded-full', COLOURS[colour] ?? COLOURS['grey'])} />
}

export function TagMark({ tag }: { tag: { name: string; colour: string } }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1 rounded-md bg-sunken px-1.5 py-0.5 text-2xs font-medium text-soft">
      <TagDot colour={tag.colour} />
      <bdi className="truncate">{tag.name}</bdi>
    </span>
  )
}
