/** One of a few that need a line of explanation each. The arrow keys choose. */
import { RadioGroup as Radix } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props<Value extends string> {
  /** What stands over them. */
  label: ReactNode
  value: Value | null
  options: { value: Value; title: ReactNode; about?: ReactNode; beside?: ReactNode; disabled?: boolean }[]
  onChange: (value: Value) => void
  disabled?: boolean
}

export function Radios<Value extends string>({ label, value, options, onChange, disabled = false }: Props<Value>) {
  const id = useId()
  return (
    <div className="min-w-0">
      <p id={id} className="mb-1.5 text-sm font-medium">
        {label}
      </p>
      <Radix.Root
        aria-labelledby={id}
        value={value}
        disabled={disabled}
        onValueChange={(next) => onChange(next as Value)}
        className="grid gap-2"
      >
        {options.map((each) => (
          <Option key={each.value} {...each} isChosen={each.value === value} />
        ))}
      </Radix.Root>
    </div>
  )
}

type OptionProps = Props<string>['options'][number] & { isChosen: boolean }

function Option({ value, title, about, beside, disabled = false, isChosen }: OptionProps) {
  const id = useId()
  return (
    <div
      className={cx(
        'relative flex items-start gap-3 rounded-xl border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        isChosen ? 'border-accent bg-accent-soft' : 'border-line bg-raised hover:border-line-strong',
        disabled && 'opacity-60',
      )}
    >
      <Radix.Item
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        className={cx(
          'mt-0.5 grid size-4.5 shrink-0 place-items-center rounded-full border outline-none disabled:cursor-not-allowed',
          // The whole card is to be pressed.
          'after:absolute after:inset-0',
          isChosen ? 'border-accent-fill bg-accent-fill' : 'border-edge bg-raised',
        )}
      >
        <Radix.Indicator className="size-2 rounded-full bg-on-accent forced-colors:bg-[CanvasText]" />
      </Radix.Item>
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="block font-medium">
          {title}
        </label>
        {about !== undefined && (
          <div id={`${id}-about`} className="text-sm text-soft">
            {about}
          </div>
        )}
      </div>
      {beside}
    </div>
  )
}
