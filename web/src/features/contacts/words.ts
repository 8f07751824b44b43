/** What things about people are called. Called while rendering, so that it follows the language. */
import { relative } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { HOUR, MINUTE, shortAgo } from '@/shared/lib/times'
import type { Contact, IdentityType } from './api'

/** What people would know them by themselves, if anything. */
const BEST: IdentityType[] = ['phone', 'username', 'email', 'wa_user_id']

export const bestKnown = ({ identities }: Pick<Contact, 'identities'>) =>
  BEST.map((type) => identities.find((each) => each.type === type)).find((each) => each !== undefined) ?? identities[0]

/** What to call somebody: their name, else what they are known by. */
export const nameOf = (contact: Pick<Contact, 'name' | 'identities'>): string => contact.name ?? bestKnown(contact)?.value ?? t('Nobody')

export function consentWords(said: Contact['agreed_to_marketing']): string {
  return { yes: t('Agreed'), no: t('Stopped'), unknown: t('Not asked') }[said]
}

/** Whether a channel can keep somebody away. */
export const canBlock = (channel: { kind: string }) => channel.kind === 'whatsapp'

/** In a sentence: "4 minutes ago", where a list says "4 min". */
export function seenAgo(iso: string, now: number): string {
  const age = now - Date.parse(iso)
  return age >= MINUTE && age < HOUR ? relative(-Math.floor(age / MINUTE), 'minute') : shortAgo(iso, now)
}
