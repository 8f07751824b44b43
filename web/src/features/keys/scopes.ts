/** What a key may do, in words. */
import { t } from '@/shared/i18n/t'
import type { Permission } from '@/shared/session/me'

export type Preset = 'read' | 'write' | 'admin' | 'chosen'

/** The sets that most keys have. Call it while rendering. */
export function presets(): { value: Preset; title: string; about: string }[] {
  return [
    { value: 'read', title: t('Read'), about: t('Sees conversations, contacts, templates and settings. Changes and sends nothing.') },
    { value: 'write', title: t('Read and write'), about: t('Answers and sends messages too, and changes settings. Not keys, members or the audit log.') },
    { value: 'admin', title: t('Everything'), about: t('All that an owner may do, keys and members included. Give it to nobody you do not have to.') },
    { value: 'chosen', title: t('Only what I choose'), about: t('The safest: a key that does one thing.') },
  ]
}

/** One at a time, under what they are about. Call it while rendering. */
export function scopeGroups(): { title: string; scopes: [Permission, string][] }[] {
  return [
    {
      title: t('Conversations'),
      scopes: [
        ['conversations:read', t('Read conversations')],
        ['conversations:answer', t('Answer and send messages')],
        ['conversations:assign', t('Give conversations to people')],
      ],
    },
    {
      title: t('Contacts'),
      scopes: [
        ['contacts:read', t('Read contacts')],
        ['contacts:write', t('Add and change contacts')],
        ['contacts:move', t('Import and export contacts')],
      ],
    },
    {
      title: t('Messages and channels'),
      scopes: [
        ['templates:read', t('Read templates')],
        ['templates:write', t('Change templates')],
        ['automation:read', t('Read automation')],
        ['automation:write', t('Change automation')],
        ['channels:read', t('Read channels')],
        ['channels:write', t('Connect and change channels')],
      ],
    },
    {
      title: t('Company'),
      scopes: [
        ['business:read', t('Read businesses')],
        ['business:write', t('Change businesses: hours, teams, quick replies')],
        ['reports:read', t('Read reports')],
        ['members:read', t('See members')],
        ['members:write', t('Invite and change members')],
        ['audit:read', t('Read the audit log')],
        ['keys:read', t('See API keys')],
        ['keys:write', t('Make and revoke API keys')],
        ['company:write', t('Add businesses, change rules of sign-in')],
      ],
    },
  ]
}

/** A key's scopes in a few words. Call it while rendering. */
export function scopeWords(scopes: string[]): string {
  if (scopes.includes('admin')) return t('Everything')
  if (scopes.includes('write')) return t('Read and write')
  if (scopes.includes('read') && scopes.length === 1) return t('Read')
  const known = scopeGroups().flatMap((group) => group.scopes)
  const [first, ...rest] = scopes.map((scope) => known.find(([each]) => each === scope)?.[1] ?? scope)
  if (first === undefined) return t('Nothing')
  return rest.length === 0 ? first : t('{first} and {count, plural, one {# more} other {# more}}', { first, count: rest.length })
}
