/** One of a few that need a line of explanation each. */
import { useId } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props<Value extends string> {
  label: string
  value: Value | null
  options: { value: Value; title: string; about?: string; disabled?: boolean }[]
  onChange: (value: Value) => void
}

export function Radios<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid gap-2">
        {options.map((each) => (
          <label
            key={each.value}
            className={cx(
              'flex items-start gap-3 rounded-xl border p-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              each.value === value ? 'border-accent bg-accent-soft' : 'border-line bg-raised hover:border-line-strong',
              each.disabled === true ? 'cursor-not-allowed opacity-60' : 'cursor-pointer',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={each.value === value}
              disabled={each.disabled}
              onChange={() => onChange(each.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent-fill) outline-none"
            />
            <span className="min-w-0">
              <span className="block font-medium">{each.title}</span>
              {each.about !== undefined && <span className="block text-sm text-soft">{each.about}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
