/** What things about people are called. Called while rendering, so that it follows the language. */
import { t } from '@/shared/i18n/t'
import type { Contact, IdentityType, Tag } from './api'

export function identityName(type: IdentityType): string {
  return {
    phone: t('Phone'),
    email: t('E-mail'),
    wa_user_id: t('WhatsApp id'),
    username: t('Username'),
    ig_user_id: t('Instagram id'),
    page_user_id: t('Messenger id'),
    external_id: t('External id'),
  }[type]
}

/** What to call somebody: their name, else what they are known by. */
export function nameOf(contact: Pick<Contact, 'name' | 'identities'>): string {
  if (contact.name !== null) return contact.name
  const best = ['phone', 'username', 'email', 'wa_user_id'].map((type) => contact.identities.find((each) => each.type === type))
  return best.find((each) => each !== undefined)?.value ?? contact.identities[0]?.value ?? t('Nobody')
}

export function consentWords(said: Contact['agreed_to_marketing']): string {
  return { yes: t('Agreed'), no: t('Stopped'), unknown: t('Not asked') }[said]
}

export function purposeName(purpose: string): string {
  return (
    {
      service: t('Answers'),
      utility: t('Notices about orders and bookings'),
      marketing: t('Marketing'),
      profiling: t('Personal offers'),
    }[purpose] ?? purpose
  )
}

export function methodName(method: string): string {
  return (
    {
      message: t('wrote it'),
      form: t('on a form'),
      spoken: t('said it'),
      paper: t('on paper'),
      imported: t('imported'),
      merged: t('two contacts became one'),
    }[method] ?? method
  )
}

export const TAG_LOOKS: Record<Tag['colour'], string> = {
  grey: 'bg-sunken text-soft',
  red: 'bg-[light-dark(oklch(0.94_0.035_20),oklch(0.33_0.07_20))] text-[light-dark(oklch(0.43_0.14_20),oklch(0.86_0.08_20))]',
  orange: 'bg-[light-dark(oklch(0.945_0.045_55),oklch(0.33_0.06_55))] text-[light-dark(oklch(0.43_0.1_50),oklch(0.86_0.09_60))]',
  yellow: 'bg-[light-dark(oklch(0.95_0.06_95),oklch(0.33_0.05_95))] text-[light-dark(oklch(0.42_0.08_85),oklch(0.87_0.1_95))]',
  green: 'bg-[light-dark(oklch(0.94_0.045_150),oklch(0.32_0.05_150))] text-[light-dark(oklch(0.4_0.09_150),oklch(0.85_0.09_150))]',
  teal: 'bg-[light-dark(oklch(0.94_0.035_190),oklch(0.32_0.045_190))] text-[light-dark(oklch(0.4_0.07_195),oklch(0.85_0.08_190))]',
  blue: 'bg-[light-dark(oklch(0.94_0.03_250),oklch(0.33_0.06_255))] text-[light-dark(oklch(0.42_0.12_255),oklch(0.86_0.07_250))]',
  purple: 'bg-[light-dark(oklch(0.94_0.03_300),oklch(0.33_0.07_300))] text-[light-dark(oklch(0.43_0.14_300),oklch(0.86_0.07_300))]',
  pink: 'bg-[light-dark(oklch(0.945_0.03_345),oklch(0.33_0.06_345))] text-[light-dark(oklch(0.44_0.13_345),oklch(0.86_0.08_345))]',
}
