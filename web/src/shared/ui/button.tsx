/** The buttons: one look for the main thing to do, one for the rest, one without a frame, one that warns. */
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from '@/shared/lib/cx'

export type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger'

const LOOKS: Record<ButtonLook, string> = {
  main: 'bg-accent-fill text-on-accent shadow-low hover:bg-accent-hover disabled:bg-sunken disabled:text-faint disabled:shadow-none',
  plain: 'border border-line-strong bg-raised text-ink shadow-low hover:bg-sunken disabled:text-faint disabled:shadow-none',
  quiet: 'text-soft hover:bg-sunken hover:text-ink disabled:text-faint disabled:hover:bg-transparent',
  danger: 'bg-bad-fill text-on-accent shadow-low hover:bg-bad-hover disabled:bg-sunken disabled:text-faint disabled:shadow-none',
}

const SIZES = {
  large: 'h-11 px-4 text-base',
  normal: 'h-control px-3 text-sm',
  small: 'h-7 px-2 text-xs',
}

/** Also for links that look like a button: `<Link className={buttonLook('main')}>`. */
export function buttonLook(look: ButtonLook = 'plain', size: keyof typeof SIZES = 'normal'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap select-none',
    'transition-[background-color,color,scale] active:scale-[0.98] disabled:cursor-not-allowed disabled:active:scale-100',
    SIZES[size],
    LOOKS[look],
  )
}

interface Props extends ComponentProps<'button'> {
  look?: ButtonLook
  size?: keyof typeof SIZES
  /** Being done: it cannot be pressed again, keeps its width and turns. */
  busy?: boolean
}

export function Button({ look, size, busy = false, className, type = 'button', disabled, children, ...rest }: Props) {
  return (
    <button
      type={type}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={cx(buttonLook(look, size), 'relative', className)}
      {...rest}
    >
      {busy && (
        <span aria-hidden className="absolute inset-0 grid place-items-center">
          <LoaderCircle className="size-4 animate-spin" />
        </span>
      )}
      {busy ? <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span> : children}
    </button>
  )
}

interface IconProps extends ComponentProps<'button'> {
  label: string
  onRail?: boolean
  /** Of a button that stays pressed. */
  pressed?: boolean
}

/** A square button with only an icon; `label` is its name. */
export function IconButton({ label, onRail = false, pressed, className, ...rest }: IconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      className={cx(
        'inline-grid size-9 shrink-0 place-items-center rounded-lg transition-colors disabled:cursor-not-allowed disabled:opacity-45',
        onRail ? 'text-rail-faint hover:bg-rail-raised hover:text-rail-ink' : 'text-soft hover:bg-sunken hover:text-ink',
        pressed === true && 'bg-accent-soft text-accent',
        className,
      )}
      {...rest}
    />
  )
}
