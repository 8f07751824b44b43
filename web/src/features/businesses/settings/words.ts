/** Names of what a business is made of. Called while rendering, so that they follow the language. */
import { i18n } from '@lingui/core'
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import type { BusinessDetail } from '../api'

type Sector = BusinessDetail['sector']

export const SECTORS: Sector[] = ['hospitality', 'ecommerce', 'education', 'investment']
const SPOKEN = ['ar', 'bn', 'de', 'en', 'es', 'fa', 'fr', 'hi', 'id', 'it', 'ml', 'ms', 'nl', 'pt', 'ru', 'sw', 'ta', 'tl', 'tr', 'ur', 'zh']

export function sectorName(sector: Sector): string {
  switch (sector) {
    case 'education':
      return t('Education')
    case 'hospitality':
      return t('Hospitality')
    case 'investment':
      return t('Investment')
    case 'ecommerce':
      return t('Online shop')
  }
}

export function languageName(code: string): string {
  return new Intl.DisplayNames([i18n.locale], { type: 'language', fallback: 'code' }).of(code) ?? code
}

/** By name. */
export function languages(): [string, string][] {
  return SPOKEN.map((code): [string, string] => [code, languageName(code)]).sort(([, one], [, other]) => one.localeCompare(other))
}

/** Monday first, as the API counts. */
export function weekdayName(weekday: number, style: 'long' | 'short' = 'long'): string {
  // 5 January 2026 is a Monday.
  return date(Date.UTC(2026, 0, 5 + weekday), { weekday: style, timeZone: 'UTC' })
}

/** "Wed 25 Nov" for a day without a clock, such as 2026-11-25. */
export function dayName(on: string): string {
  return date(on, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
}
