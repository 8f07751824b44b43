/** A day, a time of day, or both: the browser's own picker, which knows the language and the phone. */
import { useId, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  label: string
  kind: 'date' | 'time' | 'datetime-local'
  /** On the wall clock that the label names, as the input gives it: "2026-12-31", "09:00", "2026-12-31T09:00"; '' is none. */
  value: string
  onChange: (value: string) => void
  min?: string
  max?: string
  required?: boolean
  disabled?: boolean
  hint?: ReactNode
  problem?: string | null
}

export function WhenField({ label, kind, value, onChange, hint, problem = null, ...rest }: Props) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type={kind}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.value)}
        className={cx(
          'h-10 w-full min-w-0 rounded-lg border bg-raised px-3 text-base tabular-nums disabled:bg-sunken disabled:text-soft',
          problem === null ? 'border-line-strong' : 'border-bad',
        )}
        {...rest}
      />
      <div id={`${id}-about`} className="mt-1 text-xs text-soft empty:hidden">
        {hint}
        {problem !== null && <p className="text-bad-ink">{problem}</p>}
      </div>
    </div>
  )
}
