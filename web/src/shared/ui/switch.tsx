/** On or off, with effect at once. */
import { useId } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  label: string
  about?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Switch({ label, about, checked, onChange, disabled = false }: Props) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {about !== undefined && (
          <p id={`${id}-about`} className="text-sm text-soft">
            {about}
          </p>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={cx(
          'mt-0.5 flex h-6 w-10.5 shrink-0 items-center rounded-full border p-0.5 transition-colors disabled:opacity-60',
          checked ? 'border-accent-fill bg-accent-fill' : 'border-line-strong bg-sunken',
        )}
      >
        <span
          className={cx(
            'size-4.5 rounded-full shadow-raised transition-transform',
            checked ? 'translate-x-4 bg-on-accent rtl:-translate-x-4' : 'bg-raised ring-1 ring-line-strong',
          )}
        />
      </button>
    </div>
  )
}
