/** What a browser calls itself, in words that its owner recognises. */
import { t } from '@/shared/i18n/t'

/** In this order: most browsers say that they are several. */
const BROWSERS: [RegExp, string][] = [
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const found = (names: [RegExp, string][], agent: string) => names.find(([pattern]) => pattern.test(agent))?.[1]

export function deviceOf(agent: string): { words: string; isPhone: boolean } {
  const browser = found(BROWSERS, agent)
  const system = found(SYSTEMS, agent)
  const isPhone = /iPhone|Android/.test(agent)
  if (browser === undefined) return { words: t('An unknown program'), isPhone }
  return { words: system === undefined ? browser : t('{browser} on {system}', { browser, system }), isPhone }
}
