/** Dates, numbers and lists as the pages' language writes them. */
import { locale } from './language'

const kept = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.ListFormat | Intl.RelativeTimeFormat>()

/** Making one is slow, so each is made once a language. */
function keep<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.ListFormat | Intl.RelativeTimeFormat>(
  kind: string,
  options: object,
  make: (tag: string) => T,
): T {
  const tag = locale()
  const name = `${kind} ${tag} ${JSON.stringify(options)}`
  const found = kept.get(name) ?? make(tag)
  kept.set(name, found)
  return found as T
}

/** `at` is ISO 8601 or milliseconds since 1970. */
export function date(at: string | number, options: Intl.DateTimeFormatOptions): string {
  return keep('date', options, (tag) => new Intl.DateTimeFormat(tag, options)).format(new Date(at))
}

export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return keep('number', options, (tag) => new Intl.NumberFormat(tag, options)).format(value)
}

/** "Sara, Layla and Omar". */
export function list(parts: string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return keep('list', { type }, (tag) => new Intl.ListFormat(tag, { type })).format(parts)
}

/** "in 3 days", "yesterday". */
export function relative(value: number, unit: Intl.RelativeTimeFormatUnit): string {
  return keep('relative', {}, (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(value, unit)
}
