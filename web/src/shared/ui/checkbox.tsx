/** A box to tick. The browser's own underneath: works in forms, with every keyboard and every screen reader. */
import { Check, Minus } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  /** What is beside the box; with `hidden` only for those who cannot see where the box stands. */
  label: ReactNode
  hidden?: boolean
  about?: string
  checked: boolean
  /** Some of what it stands for. */
  mixed?: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** False: Tab passes it by, as it does all but one of a list. */
  tabbable?: boolean
}

export function Checkbox({ label, hidden = false, about, ...box }: Props) {
  const id = useId()
  return (
    <label className={cx('flex items-start gap-2.5', box.disabled === true ? 'cursor-not-allowed text-soft' : 'cursor-pointer')}>
      <Box describedBy={about === undefined ? undefined : id} {...box} />
      <span className={cx('min-w-0', hidden && 'sr-only')}>
        <span className="block">{label}</span>
        {about !== undefined && (
          <span id={id} className="block text-sm text-soft">
            {about}
          </span>
        )}
      </span>
    </label>
  )
}

type BoxProps = Pick<Props, 'checked' | 'mixed' | 'onChange' | 'disabled' | 'tabbable'> & { describedBy: string | undefined }

function Box({ checked, mixed = false, onChange, disabled, tabbable = true, describedBy }: BoxProps) {
  const isOn = checked || mixed
  const Mark = mixed ? Minus : Check
  return (
    <span className="relative mt-0.5 grid size-4.5 shrink-0 place-items-center">
      <input
        type="checkbox"
        checked={checked}
        ref={(box) => {
          if (box !== null) box.indeterminate = mixed
        }}
        disabled={disabled}
        tabIndex={tabbable ? undefined : -1}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.checked)}
        className={cx(
          'absolute inset-0 cursor-[inherit] appearance-none rounded-[5px] border transition-colors disabled:opacity-60 forced-colors:appearance-auto',
          isOn ? 'border-accent-fill bg-accent-fill' : 'border-line-strong bg-raised hover:border-accent',
        )}
      />
      {isOn && <Mark aria-hidden strokeWidth={3} className="pointer-events-none relative size-3 text-on-accent forced-colors:hidden" />}
    </span>
  )
}
