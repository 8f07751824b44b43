/** One of two to four, all in sight. The arrow keys choose. */
import { RadioGroup as Radix } from 'radix-ui'
import { cx } from '@/shared/lib/cx'

interface Props<Value extends string> {
  label: string
  value: Value
  /** What it means to the machine, and to people. */
  options: [Value, string][]
  onChange: (value: Value) => void
  disabled?: boolean
  className?: string
}

export function SegmentedControl<Value extends string>({ label, value, options, onChange, disabled = false, className }: Props<Value>) {
  return (
    <Radix.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      orientation="horizontal"
      onValueChange={(next) => onChange(next as Value)}
      className={cx('inline-flex max-w-full rounded-xl bg-sunken p-1', className)}
    >
      {options.map(([each, words]) => (
        <Radix.Item
          key={each}
          value={each}
          className="flex h-8 min-w-0 items-center justify-center rounded-lg px-3 text-sm font-medium text-soft transition-colors enabled:hover:text-ink disabled:cursor-not-allowed data-[state=checked]:bg-raised data-[state=checked]:text-ink data-[state=checked]:shadow-low"
        >
          <span className="truncate">{words}</span>
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
