/** Who the person is: what they are known by, what is known of them, and what they agreed to. */
import { useQuery } from '@tanstack/react-query'
import { PageLink } from '@/shared/ui/page-link'
import { BadgeCheck, Check, Users, X } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { identityName, purposeName } from '@/shared/lib/person-words'
import { exactTime } from '@/shared/lib/times'
import { useMay } from '@/shared/session/me'
import { TagMark } from '@/shared/ui/tag'
import { channelKind } from '../channel-kinds'
import { attributesQuery, consentsQuery, personQuery, suggestionsQuery, type Consent, type Person } from './api'
import { Facts, type Fact } from './facts'
import { Part } from './part'

export function PersonParts({ contactId }: { contactId: string }) {
  const { data: person } = useQuery(personQuery(contactId))
  if (person === undefined) return null
  return (
    <>
      <SamePerson person={person} />
      <KnownBy person={person} />
      <Details person={person} />
      <Agreed contactId={contactId} />
      {person.tags.length > 0 && (
        <Part title={t('Tags of the person')}>
          <div className="flex flex-wrap gap-1">
            {person.tags.map((tag) => (
              <TagMark key={tag.id} tag={tag} />
            ))}
          </div>
        </Part>
      )}
    </>
  )
}

function SamePerson({ person }: { person: Person }) {
  const mayWrite = useMay('contacts:write', person.business_id)
  const found = useQuery({ ...suggestionsQuery(person.id), enabled: mayWrite }).data?.data[0]?.contact
  if (found === undefined) return null
  return (
    <aside aria-label={t('Perhaps the same person')} className="flex gap-2.5 rounded-xl bg-lamp-soft px-3 py-2.5 text-sm text-lamp-ink">
      <Users aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0">
        {t('Perhaps the same person:')}{' '}
        <PageLink href={`/contacts/${person.id}`} className="font-semibold underline">
          <bdi>{found.name ?? found.identities[0]?.value ?? t('Unknown person')}</bdi>
        </PageLink>
      </p>
    </aside>
  )
}

function KnownBy({ person: { identities } }: { person: Person }) {
  if (identities.length === 0) return null
  return (
    <Part title={t('Known by')}>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 text-sm">
        {identities.map(({ id, type, value, from_channel: fromChannel, verified_at: verifiedAt }) => (
          <li key={id} className="flex items-center justify-between gap-3">
            <span className="shrink-0 text-soft">{identityName(type)}</span>
            <span className="flex min-w-0 items-center gap-1">
              <bdi dir="ltr" title={value} className="truncate tabular-nums">
                {value}
              </bdi>
              {(fromChannel || verifiedAt !== null) && (
                <BadgeCheck
                  role="img"
                  aria-label={fromChannel ? t('The channel says so') : t('Somebody made sure')}
                  className="size-3.5 shrink-0 text-good-ink"
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Details({ person }: { person: Person }) {
  const known = useQuery(attributesQuery(person.business_id)).data?.data ?? []
  const values = person.attributes
  const rows: [string, Value][] = [
    [t('Company'), person.company],
    [t('Language'), person.language],
    [t('Time zone'), person.time_zone],
    [t('Birthday'), person.birthday],
    ...known.map(({ key, name }): [string, Value] => [name, values[key] ?? null]),
  ]
  const facts = rows.filter(([, value]) => value !== null && value !== '').map(([name, value]): Fact => [name, <bdi key={name}>{said(value)}</bdi>])
  const { notes } = person
  if (facts.length === 0 && notes === '') return null
  return (
    <Part title={t('Details')}>
      <Facts facts={facts} />
      {notes !== '' && (
        <p dir="auto" className="mt-2 text-sm break-words whitespace-pre-wrap text-soft">
          {notes}
        </p>
      )}
    </Part>
  )
}

type Value = string | number | boolean | null

function said(value: Value): string {
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  return String(value)
}

function Agreed({ contactId }: { contactId: string }) {
  const { data } = useQuery(consentsQuery(contactId))
  if (data === undefined) return null
  const latest = latestOf(data.data)
  return (
    <Part title={t('Consent')}>
      {latest.length === 0 ? (
        <p className="text-sm text-soft">{t('They said neither yes nor no to anything.')}</p>
      ) : (
        <ul className="grid gap-1.5 text-sm">
          {latest.map((each) => (
            <Said key={each.id} consent={each} />
          ))}
        </ul>
      )}
    </Part>
  )
}

function Said({ consent: { purpose, granted, at, channel_kind: kind } }: { consent: Consent }) {
  const Mark = granted ? Check : X
  return (
    <li title={exactTime(at)} className="flex items-center gap-2">
      <Mark aria-hidden className={`size-4 shrink-0 ${granted ? 'text-good-ink' : 'text-bad-ink'}`} />
      <span className="min-w-0 flex-1">{purposeName(purpose)}</span>
      <span className="shrink-0 text-xs text-soft">
        {granted ? t('Yes') : t('No')}
        {' · '}
        {kind === null ? t('every channel') : channelKind(kind).name}
      </span>
    </li>
  )
}

/** What they said last about each purpose on each channel. */
function latestOf(all: Consent[]): Consent[] {
  const latest = new Map<string, Consent>()
  for (const each of [...all].sort((one, other) => one.id - other.id)) latest.set(`${each.purpose} ${each.channel_kind ?? ''}`, each)
  return [...latest.values()]
}
