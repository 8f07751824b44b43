/** When something put off comes back. */
import { t } from '@/shared/i18n/t'

const HOUR = 60 * 60_000
const MORNING = 9
const MONDAY = 1

export interface SnoozeTime {
  label: string
  /** null: until they write. */
  until: Date | null
}

/** Presets for somebody who asks at `now`, by the clock where they are. */
export function snoozeTimes(now: number): SnoozeTime[] {
  return [
    { label: t('In one hour'), until: new Date(now + HOUR) },
    { label: t('In four hours'), until: new Date(now + 4 * HOUR) },
    { label: t('Tomorrow morning'), until: morning(now, 1) },
    { label: t('Next Monday'), until: morning(now, daysUntil(now, MONDAY)) },
    { label: t('Until they write'), until: null },
  ]
}

function morning(now: number, days: number): Date {
  const at = new Date(now)
  at.setDate(at.getDate() + days)
  at.setHours(MORNING, 0, 0, 0)
  return at
}

/** At least one: Monday's next Monday is in a week. */
function daysUntil(now: number, weekday: number): number {
  return (weekday - new Date(now).getDay() + 7) % 7 || 7
}
