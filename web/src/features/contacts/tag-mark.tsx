/** A tag, in its colour. */
import { cx } from '@/shared/lib/cx'
import type { Tag } from './api'
import { TAG_LOOKS } from './words'

export function TagMark({ tag, children }: { tag: Pick<Tag, 'name' | 'colour'>; children?: React.ReactNode }) {
  return (
    <span className={cx('inline-flex max-w-40 min-w-0 items-center gap-1 rounded-md px-1.5 py-0.5 text-2xs font-semibold', TAG_LOOKS[tag.colour])}>
      <span className="truncate" dir="auto">
        {tag.name}
      </span>
      {children}
    </span>
  )
}
