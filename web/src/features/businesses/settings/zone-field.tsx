/** A time zone by typing a part of its name; the clock there says whether it is the right one. */
import { useId } from 'react'
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { useNow } from '@/shared/lib/use-now'

const RENEW_MS = 30_000

interface Props {
  value: string
  onChange: (zone: string) => void
  disabled?: boolean
}

export function ZoneField({ value, onChange, disabled = false }: Props) {
  const id = useId()
  const now = useNow(RENEW_MS)
  const there = clockThere(value, now)
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t('Time zone')}
      </label>
      <input
        id={id}
        dir="ltr"
        list={`${id}-zones`}
        value={value}
        required
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        placeholder="Asia/Dubai"
        aria-invalid={there === null}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.value.trim().replaceAll(' ', '_'))}
        className="h-10 w-full min-w-0 rounded-lg border border-line-strong bg-raised px-3 text-base disabled:bg-sunken disabled:text-soft"
      />
      <datalist id={`${id}-zones`}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <p id={`${id}-about`} className="mt-1 text-xs text-soft">
        {there === null ? t('There is no such time zone. Type a city, such as Dubai.') : t('It is {there} there now.', { there })}
      </p>
    </div>
  )
}

function clockThere(timeZone: string, now: number): string | null {
  try {
    return date(now, { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone })
  } catch {
    return null
  }
}
