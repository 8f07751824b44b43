/** A box to tick. Not Radix's, which costs a list of many rows more than all else on them. */
import { Check, Minus } from 'lucide-react'
import { useId, type KeyboardEvent, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'

interface Props {
  /** What is beside the box; with `hidden` only for those who cannot see where the box stands. */
  label: ReactNode
  hidden?: boolean
  about?: ReactNode
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
    <div className="flex items-start gap-2.5">
      <Box id={id} describedBy={about === undefined ? undefined : `${id}-about`} {...box} />
      <div className={cx('min-w-0', hidden && 'sr-only', box.disabled === true && 'text-soft')}>
        <label htmlFor={id} className={cx('block', box.disabled === true ? 'cursor-not-allowed' : 'cursor-pointer')}>
          {label}
        </label>
        {about !== undefined && (
          <p id={`${id}-about`} className="text-sm text-soft">
            {about}
          </p>
        )}
      </div>
    </div>
  )
}

type BoxProps = Omit<Props, 'label' | 'hidden' | 'about'> & { id: string; describedBy: string | undefined }

function Box({ id, describedBy, checked, mixed = false, onChange, disabled, tabbable = true }: BoxProps) {
  const Mark = mixed ? Minus : Check
  return (
    <button
      type="button"
      role="checkbox"
      id={id}
      aria-checked={mixed ? 'mixed' : checked}
      onClick={() => onChange(mixed || !checked)}
      onKeyDown={spaceOnly}
      disabled={disabled}
      tabIndex={tabbable ? undefined : -1}
      aria-describedby={describedBy}
      className={cx(
        'mt-0.5 grid size-4.5 shrink-0 place-items-center rounded-[5px] border transition-colors disabled:cursor-not-allowed disabled:opacity-60',
        checked || mixed ? 'border-accent-fill bg-accent-fill' : 'border-edge bg-raised enabled:hover:border-accent',
      )}
    >
      {(checked || mixed) && <Mark aria-hidden strokeWidth={3} className="size-3 text-on-accent forced-colors:text-[CanvasText]" />}
    </button>
  )
}

/** Enter ticks no box. */
function spaceOnly(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault()
}
