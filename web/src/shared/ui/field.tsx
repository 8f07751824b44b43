/** A labelled box to write in, with its limit while it fills up and what is wrong with it. */
import { useId, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { aboutId, boxLook, Labelled } from './labelled'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  /** Characters; how many are left is shown once most are used. */
  max?: number
  hint?: ReactNode
  problem?: string | null
  /** More than one line. */
  long?: boolean
  required?: boolean
  placeholder?: string
  type?: 'text' | 'email' | 'url' | 'password' | 'tel' | 'number'
  inputMode?: 'numeric' | 'decimal'
  autoFocus?: boolean
  dir?: 'auto' | 'ltr'
  pattern?: string
  title?: string
  disabled?: boolean
}

/** The counter shows from this share of the limit on. */
const NEARLY_FULL = 0.6

export function Field({ label, value, max, hint, problem = null, ...rest }: Props) {
  const id = useId()
  const length = Array.from(value).length
  const isBad = problem !== null || (max !== undefined && length > max)
  const counter = max !== undefined && length >= max * NEARLY_FULL && <Counter length={length} max={max} />
  return (
    <Labelled id={id} label={label} beside={counter} hint={hint} problem={problem}>
      <Box id={id} value={value} isBad={isBad} {...rest} />
    </Labelled>
  )
}

function Counter({ length, max }: { length: number; max: number }) {
  return (
    <span className={cx('text-2xs tabular-nums', length > max ? 'font-semibold text-bad-ink' : 'text-faint')}>
      {length}/{max}
      <span className="sr-only">{' '}{t('characters')}</span>
    </span>
  )
}

type BoxProps = Omit<Props, 'label' | 'max' | 'hint' | 'problem'> & { id: string; isBad: boolean }

function Box({ id, isBad, long = false, type = 'text', dir = 'auto', onChange, ...rest }: BoxProps) {
  const attributes = {
    id,
    dir,
    'aria-invalid': isBad,
    'aria-describedby': aboutId(id),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    ...rest,
  }
  const look = cx(boxLook(isBad), 'px-3')
  if (!long) return <input {...attributes} type={type} className={cx(look, 'h-10')} />
  return <textarea {...attributes} rows={2} className={cx(look, 'field-sizing-content max-h-56 min-h-16 resize-none py-2')} />
}
