/** On or off, with effect at once. */
import { Switch as Radix } from 'radix-ui'
import { useId } from 'react'

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
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        className="group mt-0.5 flex h-6 w-10.5 shrink-0 items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors enabled:hover:border-accent disabled:cursor-not-allowed disabled:opacity-60 data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill"
      >
        <Radix.Thumb className="size-4.5 rounded-full bg-raised shadow-raised ring-1 ring-edge transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent data-[state=checked]:ring-0 rtl:data-[state=checked]:-translate-x-4 forced-colors:bg-[CanvasText]" />
      </Radix.Root>
    </div>
  )
}
