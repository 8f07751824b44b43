/** Kinds that Meta tells of but does not hand out, in words. */
import { t } from '@/shared/i18n/t'

const NOUNS: Record<string, () => string> = {
  poll: () => t('a poll'),
  poll_update: () => t('a vote in a poll'),
  gif: () => t('a moving picture'),
  group_invite: () => t('an invitation to a group'),
  pin: () => t('a pinned message'),
  edit: () => t('a changed message'),
  button: () => t('a button'),
  view_once: () => t('a message to be seen once'),
  event: () => t('an event'),
}

export const unsupportedWords = (original: string) =>
  t('Sent {what} that Meta does not pass on. They can see it on their phone.', { what: NOUNS[original]?.() ?? t('something') })
