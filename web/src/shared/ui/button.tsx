/** The buttons: one look for the main thing to do, one for the rest, one without a frame. */
import type { ComponentProps } from 'react'
import { cx } from '@/shared/lib/cx'

type Look = 'main' | 'plain' | 'quiet'

const LOOKS: Record<Look, string> = {
  main: 'bg-accent-fill text-on-accent hover:bg-accent-hover disabled:bg-sunken disabled:text-faint',
  plain: 'border border-line-strong bg-raised text-ink hover:bg-sunken disabled:text-faint',
  quiet: 'text-soft hover:bg-sunken hover:text-ink disabled:text-faint',
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex h-9 shrink-0 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium',
        'transition-colors disabled:cursor-not-allowed',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  )
}

/** A square button with only an icon; `label` is its name. */
export function IconButton({ label, onRail = false, className, ...rest }: ComponentProps<'button'> & { label: string; onRail?: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid size-9 shrink-0 place-items-center rounded-lg transition-colors',
        onRail ? 'text-rail-faint hover:bg-rail-raised hover:text-rail-ink' : 'text-soft hover:bg-sunken hover:text-ink',
        className,
      )}
      {...rest}
    />
  )
}
