/** What Meta takes as a username, said while it is written; the server says the same. Source: WhatsApp Cloud API, "Business usernames". */
import { t } from '@/shared/i18n/t'

const SHORTEST = 3
/** Characters. */
export const LONGEST = 35
const DOMAIN = /\.(com|net|org|io|co|shop|app|info|biz|dev)$/

const RULES: readonly [(name: string) => boolean, () => string][] = [
  [(name) => !/^[a-z0-9._]*$/.test(name), () => t('Use small letters a to z, digits, dots and underscores only.')],
  [(name) => name.length < SHORTEST, () => t('Give it at least {count} characters.', { count: SHORTEST })],
  [(name) => name.length > LONGEST, () => t('Give it at most {count} characters.', { count: LONGEST })],
  [(name) => !/[a-z]/.test(name), () => t('Give it at least one letter.')],
  [(name) => name.startsWith('.') || name.endsWith('.'), () => t('Begin and end it without a dot.')],
  [(name) => name.includes('..'), () => t('Put something between two dots.')],
  [(name) => name.startsWith('www'), () => t('Begin it with something else than www.')],
  [(name) => DOMAIN.test(name), () => t('Leave the end that looks like a website away.')],
]

/** Why Meta would not take it; null if nothing is known against it. */
export function problemOf(name: string): string | null {
  return RULES.find(([isBroken]) => isBroken(name))?.[1]() ?? null
}
