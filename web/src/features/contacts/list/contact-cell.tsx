/** One thing that the list tells of a person. */
import { useQuery } from '@tanstack/react-query'
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
  switch (column) {
    case 'number':
      return <bdi dir="ltr">{bestKnown(contact)?.value}</bdi>
    case 'company':
      return <bdi>{contact.company}</bdi>
    case 'tags':
      return <Tags tags={contact.tags} />
    case 'marketing':
      return <Marketing said={contact.agreed_to_marketing} />
    case 'language':
      return contact.language === null ? null : languageName(contact.language)
    case 'channels':
      return <Channels ids={contact.channel_ids} />
    case 'added':
      return <Time at={contact.created_at} now={now} />
    case 'seen':
      return contact.last_seen_at === null ? null : <Time at={contact.last_seen_at} now={now} />
    default:
      return <bdi>{said(contact.attributes[ownKeyOf(column) ?? ''])}</bdi>
  }
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
