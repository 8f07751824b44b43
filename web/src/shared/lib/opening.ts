/** Whether a business is open, in words. */
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { whenThere } from './times'

export interface Opening {
  open: boolean
  /** "Open until 17:00", "Closed · opens Monday 08:00"; on the wall clock of the business. */
  words: string
}

export function openingOf(business: Business, now: number): Opening {
  const at = (iso: string) => whenThere(iso, business.time_zone, now)
  if (business.open_now) {
    return { open: true, words: business.next_closing_at === null ? t('Always open') : t('Open until {time}', { time: at(business.next_closing_at) }) }
  }
  if (business.next_opening_at === null) return { open: false, words: t('Closed until further notice') }
  return { open: false, words: t('Closed · opens {time}', { time: at(business.next_opening_at) }) }
}
