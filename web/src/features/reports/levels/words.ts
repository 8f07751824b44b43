/** Shares and promises in words. */
import { number } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import type { Level, Levels, Name } from './api'

const FINE = 10_000

/** Never better than it is: 99.996 % is not 100 %, and of errors one in a hundred thousand is not none. */
export function shareWords(name: Name, share: number | null): string {
  if (share === null) return '–'
  const exact = Math.round(share * FINE * 1e6) / 1e6
  const whole = (name === 'errors' ? Math.ceil(exact) : Math.floor(exact)) / FINE
  return number(whole, { style: 'percent', maximumFractionDigits: 2 })
}

export function nameWords(name: Name): string {
  if (name === 'up') return t('Uptime')
  if (name === 'answers') return t('Answered within 2 s')
  if (name === 'errors') return t('Errors')
  return t('Delivered')
}

export function aimWords(name: Name, aim: number): string {
  const share = shareWords(name, aim)
  return name === 'errors' ? t('Promised: at most {share}', { share }) : t('Promised: {share} or more', { share })
}

/** Of how many. */
export function countWords(name: Name, { count, part_count: part }: Level): string {
  if (count === 0) return t('Nothing to count yet.')
  if (name === 'up') return t('{part, number} of {count, plural, one {# minute} other {# minutes}}', { part, count })
  if (name === 'answers') return t('{part, number} of {count, plural, one {# answer} other {# answers}}', { part, count })
  if (name === 'errors') return t('{part, number} of {count, plural, one {# request} other {# requests}}', { part, count })
  return t('{part, number} of {count, plural, one {# message} other {# messages}}', { part, count })
}

/** What exactly is counted. */
export function meaningWords(name: Name): string {
  if (name === 'up') {
    return t('Minutes in which a server and a worker said that they work. What is shorter than a minute is not seen.')
  }
  if (name === 'answers') {
    return t('From when somebody wrote, by Meta’s clock, until Meta took the first automatic answer. One that still waits counts as late.')
  }
  if (name === 'errors') {
    return t('Requests of pages, programs and webhooks that failed through Serai, and what came and could not be handled.')
  }
  return t('Messages that were tried and reached a phone. Of the last hour only those whose end is known; one that failed counts against us.')
}

/** Beside the share of quick answers. */
export function paceWords({ mean_seconds: mean, slowest_seconds: slowest }: Levels['answers']): string | null {
  if (mean === null || slowest === null) return null
  const seconds = (value: number) => number(value, { style: 'unit', unit: 'second', maximumFractionDigits: value < 10 ? 1 : 0 })
  return t('On average {mean}, the slowest {slowest}', { mean: seconds(mean), slowest: seconds(slowest) })
}
