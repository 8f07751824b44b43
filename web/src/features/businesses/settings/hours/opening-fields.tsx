/** From when to when: two time fields, and what is wrong with them. */
import { X } from 'lucide-react'
import { useId } from 'react'
import { t } from '@/shared/i18n/t'
import { IconButton } from '@/shared/ui/button'
import { WhenBox } from '@/shared/ui/when-field'
import { closingOf, fieldOf, type Clash, type Span } from './week'

interface Props {
  span: Span
  /** Tells it from the others: "Monday 2". */
  of: string
  /** In what is wrong: "Monday". */
  day: string
  clash: Clash | undefined
  disabled: boolean
  onChange: (span: Span) => void
  /** Absent: it cannot be removed alone. */
  onRemove?: () => void
}

export function OpeningFields({ span, of, day, clash, disabled, onChange, onRemove }: Props) {
  const id = useId()
  const time = (part: keyof Span, label: string) => (
    <WhenBox
      kind="time"
      label={label}
      isBad={clash !== undefined}
      describedBy={clash === undefined ? undefined : id}
      value={fieldOf(span[part])}
      disabled={disabled}
      onChange={(value) => onChange({ ...span, [part]: part === 'closes' ? closingOf(value) : value })}
    />
  )
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,8.5rem)_auto_minmax(0,8.5rem)_auto] items-center justify-start gap-2">
        {time('opens', t('{of} opens', { of }))}
        <span aria-hidden className="text-faint">
          –
        </span>
        {time('closes', t('{of} closes', { of }))}
        {!disabled && onRemove !== undefined && (
          <IconButton label={t('Remove {of}', { of })} onClick={onRemove}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
      {clash !== undefined && (
        <p id={id} role="alert" className="mt-1 text-sm text-bad-ink">
          {wordsOf(clash, span, day)}
        </p>
      )}
    </div>
  )
}

function wordsOf({ kind, other }: Clash, span: Span, day: string): string {
  if (kind === 'incomplete') return t('Fill in both times.')
  if (kind === 'backwards' || other === undefined) return t('It has to close later than it opens. Midnight is 00:00.')
  const pair = { day, opens: span.opens, closes: span.closes, from: other.opens, to: other.closes }
  return t('On {day}, {opens}–{closes} overlaps with {from}–{to}.', pair)
}
