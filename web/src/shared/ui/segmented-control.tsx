/** One of two to four, all in sight. */
import { useId } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props<Value extends string> {
  label: string
  value: Value
  /** What it means to the machine, and to people. */
  options: [Value, string][]
  onChange: (value: Value) => void
  className?: string
}

/** Radios underneath: the arrow keys choose, as everywhere. */
export function SegmentedControl<Value extends string>({ label, value, options, onChange, className }: Props<Value>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={cx('inline-flex max-w-full rounded-xl bg-sunken p-1', className)}>
      {options.map(([each, words]) => (
        <label
          key={each}
          className={cx(
            'flex h-8 min-w-0 cursor-pointer items-center rounded-lg px-3 text-sm font-medium transition-colors',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
            each === value ? 'bg-raised text-ink shadow-low' : 'text-soft hover:text-ink',
          )}
        >
          <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} className="sr-only" />
          <span className="truncate">{words}</span>
        </label>
      ))}
    </div>
  )
}
