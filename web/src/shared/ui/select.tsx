/** A labelled choice of one of a few. The browser's own: it works everywhere and with every keyboard. */
import { ChevronDown } from 'lucide-react'
import { useId } from 'react'

interface Props {
  label: string
  value: string
  /** What it means to the machine, and to people. */
  options: [string, string][]
  onChange: (value: string) => void
  disabled?: boolean
}

export function Select({ label, value, options, onChange, disabled = false }: Props) {
  const id = useId()
  const known = options.some(([each]) => each === value)
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className="h-10 w-full appearance-none rounded-lg border border-line-strong bg-raised ps-3 pe-9 text-base disabled:bg-sunken disabled:text-soft"
        >
          {!known && <option value={value}>{value}</option>}
          {options.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute end-3 top-3 size-4 text-faint" />
      </div>
    </div>
  )
}
