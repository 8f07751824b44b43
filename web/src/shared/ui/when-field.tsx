/**
 * A day, a time of day, or both. The browser's own, dressed: Radix has none, and a browser's knows the order of day and
 * month, the calendar of the language, and the wheel of the phone.
 */
import { useId, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'
import { aboutId, boxLook, Labelled } from './labelled'

type Kind = 'date' | 'time' | 'datetime-local'

interface Props extends Omit<BoxProps, 'id' | 'describedBy' | 'isBad'> {
  label: string
  hint?: ReactNode
  problem?: string | null
}

export function WhenField({ label, hint, problem = null, ...box }: Props) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <WhenBox id={id} describedBy={aboutId(id)} isBad={problem !== null} {...box} />
    </Labelled>
  )
}

interface BoxProps {
  id?: string
  kind: Kind
  /** On the wall clock that the label names, as the input gives it: "2026-12-31", "09:00", "2026-12-31T09:00"; '' is none. */
  value: string
  onChange: (value: string) => void
  min?: string
  max?: string
  required?: boolean
  disabled?: boolean
  /** Its name, where none stands beside it. */
  label?: string
  describedBy?: string | undefined
  isBad?: boolean
  className?: string
}

/** The box alone, for rows whose head says what they are. */
export function WhenBox({ kind, onChange, label, describedBy, isBad = false, className, ...rest }: BoxProps) {
  return (
    <input
      type={kind}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isBad || undefined}
      onChange={(event) => onChange(event.target.value)}
      className={cx(boxLook(isBad), 'h-10 px-3 tabular-nums', className)}
      {...rest}
    />
  )
}
