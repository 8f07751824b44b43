/** A word that colleagues put on something, in its colour. */
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'

/** By the name that the server gives a colour. */
const LOOKS: Record<string, string> = {
  grey: 'tag-grey',
  red: 'tag-red',
  orange: 'tag-orange',
  yellow: 'tag-yellow',
  green: 'tag-green',
  teal: 'tag-teal',
  blue: 'tag-blue',
  purple: 'tag-purple',
  pink: 'tag-pink',
}

export const TAG_COLOURS = Object.keys(LOOKS)

const lookOf = (colour: string) => LOOKS[colour] ?? 'tag-grey'

interface MarkProps {
  tag: { name: string; colour: string }
  /** Absent: it cannot be taken off here. */
  onRemove?: (() => void) | undefined
}

export function TagMark({ tag, onRemove }: MarkProps) {
  return (
    <span
      className={cx(
        lookOf(tag.colour),
        'inline-flex max-w-40 min-w-0 items-center gap-1 rounded-md bg-(--tag-soft) px-1.5 py-0.5 text-2xs font-semibold text-(--tag-ink)',
      )}
    >
      <bdi className="truncate">{tag.name}</bdi>
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={t('Take off {name}', { name: tag.name })}
          onClick={onRemove}
          className="-me-1 grid size-5 shrink-0 place-items-center rounded opacity-75 hover:opacity-100"
        >
          <X aria-hidden className="size-3" />
        </button>
      )}
    </span>
  )
}

export function TagDot({ colour }: { colour: string }) {
  return <span aria-hidden className={cx(lookOf(colour), 'size-2.5 shrink-0 rounded-full bg-(--tag-ink)')} />
}

/** One of several things that were chosen, with a way to let it go. */
export function Chosen({ children, name, onRemove }: { children: ReactNode; name: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-8 min-w-0 items-center gap-0.5 rounded-full bg-accent-soft ps-3 pe-1 text-sm font-medium text-accent">
      <bdi className="truncate">{children}</bdi>
      <button
        type="button"
        aria-label={t('Remove {name}', { name })}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-full hover:bg-raised"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  )
}
