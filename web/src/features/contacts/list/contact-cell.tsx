/** One thing that the list tells of a person. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { exactTime, shortAgo } from '@/shared/lib/times'
import { Badge } from '@/shared/ui/badge'
import { TagMark } from '@/shared/ui/tag'
import { channelsQuery, type Contact } from '../api'
import { bestKnown, consentWords } from '../words'
import { ownKeyOf } from './columns'
import { languageName } from './filters'

const SHOWN_TAGS = 3

export function ContactCell({ column, contact, now }: { column: string; contact: Contact; now: number }) {
  const cell = CELLS[column]
  return cell === undefined ? <bdi>{said(contact.attributes[ownKeyOf(column) ?? ''])}</bdi> : cell(contact, now)
}

/** What is under each column that is ours; the others are the business's own fields. */
const CELLS: Record<string, ((contact: Contact, now: number) => ReactNode) | undefined> = {
  number: (contact) => <bdi dir="ltr">{bestKnown(contact)?.value}</bdi>,
  company: (contact) => <bdi>{contact.company}</bdi>,
  tags: (contact) => <Tags tags={contact.tags} />,
  marketing: (contact) => <Marketing said={contact.agreed_to_marketing} />,
  language: (contact) => contact.language !== null && languageName(contact.language),
  channels: (contact) => <Channels ids={contact.channel_ids} />,
  added: (contact, now) => <Time at={contact.created_at} now={now} />,
  seen: (contact, now) => contact.last_seen_at !== null && <Time at={contact.last_seen_at} now={now} />,
}

export function Marketing({ said: words }: { said: Contact['agreed_to_marketing'] }) {
  return words === 'unknown' ? null : <Badge tone={words === 'yes' ? 'good' : 'bad'}>{consentWords(words)}</Badge>
}

export function Tags({ tags }: { tags: Contact['tags'] }) {
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <TagMark key={tag.id} tag={tag} />
      ))}
      {tags.length > SHOWN_TAGS && <span className="text-2xs text-soft">+{tags.length - SHOWN_TAGS}</span>}
    </span>
  )
}

export function Time({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={exactTime(at)} className="tabular-nums">
      {shortAgo(at, now)}
    </time>
  )
}

function Channels({ ids }: { ids: string[] }) {
  const channels = useQuery(channelsQuery).data?.data ?? []
  return <bdi>{channels.filter(({ id }) => ids.includes(id)).map(({ name }) => name).join(', ')}</bdi>
}

function said(value: string | number | boolean | null | undefined): string {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  return value === null || value === undefined ? '' : String(value)
}
