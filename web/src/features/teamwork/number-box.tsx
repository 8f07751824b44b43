/** A number that is kept when one leaves it. */
import { useId } from 'react'

interface Props {
  label: string
  value: number
  min: number
  max: number
  disabled: boolean
  onSave: (value: number) => void
}

export function NumberBox({ label, value, min, max, disabled, onSave }: Props) {
  const id = useId()
  const keep = (box: HTMLInputElement) => {
    const next = Math.round(box.valueAsNumber)
    if (Number.isNaN(next) || next < min || next > max) box.value = String(value)
    else if (next !== value) onSave(next)
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input
        id={id}
        key={value}
        type="number"
        min={min}
        max={max}
        defaultValue={value}
        disabled={disabled}
        onBlur={(event) => keep(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep(event.currentTarget)
        }}
        className="h-10 w-24 rounded-lg border border-line-strong bg-raised px-3 text-end tabular-nums disabled:text-faint"
      />
    </div>
  )
}
