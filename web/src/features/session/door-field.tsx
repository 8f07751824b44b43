/** A field of the pages at the door: large, known to password managers, and able to show what was typed. */
import { Eye, EyeOff } from 'lucide-react'
import { useId, useState, type ComponentProps, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'

interface Props extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  /** Beside the label. */
  aside?: ReactNode
  isBad?: boolean
}

export function DoorField({ label, onChange, hint, aside, isBad = false, type = 'text', className, ...rest }: Props) {
  const id = useId()
  const [isShown, setShown] = useState(false)
  const isSecret = type === 'password'
  return (
    <div className="relative">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          type={isSecret && isShown ? 'text' : type}
          aria-invalid={isBad}
          aria-describedby={`${id}-about`}
          onChange={(event) => onChange(event.target.value)}
          className={cx(
            'h-11 w-full rounded-xl border bg-raised px-3.5 text-base shadow-low placeholder:text-faint',
            isSecret && 'pe-11',
            isBad ? 'border-bad' : 'border-line-strong',
            className,
          )}
          {...rest}
        />
        {isSecret && <Show isShown={isShown} onTurn={() => setShown(!isShown)} />}
      </div>
      <div id={`${id}-about`} className="mt-1.5 text-xs text-soft empty:hidden">
        {hint}
      </div>
      {/* After the field, so that Tab goes from field to field. */}
      {aside !== undefined && <div className="absolute end-0 top-0">{aside}</div>}
    </div>
  )
}

function Show({ isShown, onTurn }: { isShown: boolean; onTurn: () => void }) {
  const Icon = isShown ? EyeOff : Eye
  return (
    <button
      type="button"
      aria-label={isShown ? t('Hide what I typed') : t('Show what I typed')}
      aria-pressed={isShown}
      onClick={onTurn}
      className="absolute end-1 top-1 grid size-9 place-items-center rounded-lg text-faint hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden className="size-4.5" />
    </button>
  )
}

/** What went wrong, where it is heard at once. */
export function DoorProblem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-xl bg-bad-soft px-3.5 py-2.5 text-sm text-bad-ink">
      {children}
    </p>
  )
}
