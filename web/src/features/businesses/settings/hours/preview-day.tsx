/** One day of the preview: a bar from midnight to midnight, lit while open. */
import { ClockArrowUp, ClockArrowDown, PartyPopper } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { dayName } from '../words'
import { clockOf } from './week'

export interface Day {
  on: string
  openings: { opens: number; closes: number }[]
  names: string[]
  clock_change: { minutes: number; at: string } | null
}

const DAY_MINUTES = 24 * 60
const percent = (minutes: number) => `${(100 * minutes) / DAY_MINUTES}%`

export function PreviewDay({ day, timeZone }: { day: Day; timeZone: string }) {
  const { on, openings, names, clock_change: change } = day
  const words = openings.map(({ opens, closes }) => `${clockOf(opens)}–${clockOf(closes)}`).join(', ')
  const isWeekend = new Date(on).getUTCDay() % 6 === 0
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-2 gap-y-0.5 py-1 two:grid-cols-[6.5rem_minmax(0,1fr)]">
      <span className={cx('truncate text-sm tabular-nums', isWeekend ? 'text-faint' : 'text-soft')}>{dayName(on)}</span>
      <span className="relative block h-5 overflow-hidden rounded-md bg-sunken" title={words === '' ? t('Closed') : words}>
        {[6, 12, 18].map((hour) => (
          <span key={hour} aria-hidden className="absolute inset-y-0 w-px bg-line" style={{ insetInlineStart: percent(hour * 60) }} />
        ))}
        {openings.map(({ opens, closes }) => (
          <span
            key={opens}
            aria-hidden
            className={cx('absolute inset-y-0 rounded-md', names.length > 0 ? 'bg-lamp' : 'bg-good')}
            style={{ insetInlineStart: percent(opens), width: percent(closes - opens) }}
          />
        ))}
        <span className="sr-only">{words === '' ? t('Closed') : t('Open {words}', { words })}</span>
        {words === '' && (
          <span aria-hidden className="absolute inset-0 grid place-items-center text-2xs text-faint">
            {t('Closed')}
          </span>
        )}
      </span>
      {(names.length > 0 || change !== null) && (
        <p className="col-start-2 flex flex-wrap gap-x-4 text-xs text-lamp-ink">
          {names.length > 0 && (
            <span className="inline-flex items-center gap-1">
              <PartyPopper aria-hidden className="size-3.5" />
              <bdi>{names.join(', ')}</bdi>
            </span>
          )}
          {change !== null && <ClockMark change={change} timeZone={timeZone} />}
        </p>
      )}
    </li>
  )
}

function ClockMark({ change, timeZone }: { change: NonNullable<Day['clock_change']>; timeZone: string }) {
  const isForward = change.minutes > 0
  const Icon = isForward ? ClockArrowUp : ClockArrowDown
  const before = new Date(Date.parse(change.at) - 1000)
  // Digits to reckon with, whatever the page speaks; what is shown comes of `clockOf`.
  const from = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }).format(before)
  const at = clockOf((Number(from.slice(0, 2)) * 60 + Number(from.slice(3, 5)) + 1) % DAY_MINUTES)
  const values = { minutes: Math.abs(change.minutes), at }
  return (
    <span className="inline-flex items-center gap-1">
      <Icon aria-hidden className="size-3.5" />
      {isForward ? t('At {at} the clock is put {minutes} minutes forward', values) : t('At {at} the clock is put {minutes} minutes back', values)}
    </span>
  )
}
