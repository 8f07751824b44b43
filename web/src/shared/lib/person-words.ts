/** What things about people are called. Called while rendering, so that it follows the language. */
import type { components } from '@/shared/api/schema'
import { t } from '@/shared/i18n/t'

export type IdentityType = components['schemas']['Identity']['type']

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
