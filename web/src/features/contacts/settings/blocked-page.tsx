/** Settings > Blocked people: whom each number keeps away, and the way back. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ShieldBan } from 'lucide-react'
import { wordsFor } from '@/shared/api/problem'
import { isolated } from '@/shared/i18n/isolated'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { useMay, useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/notice'
import { Part } from '@/shared/ui/part'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { channelsQuery } from '../api'
import { canBlock } from '../words'
import { blockedQuery, useUnblock, type Blocked } from './api'

export default function BlockedPage() {
  const channels = useQuery(channelsQuery)
  return (
    <SettingsPage
      title={t('Blocked people')}
      about={t('They cannot write to the number, nor it to them. Somebody is blocked on their contact page, within 24 hours of writing.')}
    >
      <Part query={channels} what={t('the numbers')}>
        {({ data }) => {
          const able = data.filter(canBlock)
          return able.length === 0 ? (
            <Empty title={t('No number yet')}>{t('Connect one first, under Channels.')}</Empty>
          ) : (
            <>
              {able.map((channel) => (
                <Number key={channel.id} channel={channel} />
              ))}
            </>
          )
        }}
      </Part>
    </SettingsPage>
  )
}

interface Channel {
  id: string
  business_id: string
  name: string
  address: string
}

/** The business's name stands above already where the number is called so. */
const aboutOf = ({ name, address }: Channel, business: string | undefined) =>
  [business === name ? undefined : business, isolated(address)].filter(Boolean).join(' · ')

function Number({ channel }: { channel: Channel }) {
  const query = useQuery(blockedQuery(channel.id))
  const business = useMe().businesses.find(({ id }) => id === channel.business_id)
  return (
    <Card title={channel.name} about={aboutOf(channel, business?.name)}>
      <Part query={query} what={t('who is blocked')}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-sm text-soft">{t('Nobody is blocked.')}</p>
          ) : (
            <ul aria-label={t('Blocked on {name}', { name: channel.name })} className="divide-y divide-line">
              {data.map((person) => (
                <Person key={person.contact_id ?? person.user_id ?? person.phone} person={person} channel={channel} />
              ))}
            </ul>
          )
        }
      </Part>
    </Card>
  )
}

function Person({ person, channel }: { person: Blocked; channel: Channel }) {
  const mayWrite = useMay('channels:write', channel.business_id)
  const unblock = useUnblock(channel.id)
  const known = person.phone === null ? (person.user_id ?? '') : `+${person.phone.replace('+', '')}`
  const name = person.name ?? known
  const about = person.blocked_at === null ? t('Blocked at Meta, not here') : t('{by}, {time}', { by: person.blocked_by ?? '', time: exactTime(person.blocked_at) })
  const act = () =>
    unblock.mutate(person, {
      onSuccess: () => toast({ text: t('{name} may write again', { name }), tone: 'good' }),
      onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
    })
  return (
    <li className="flex items-center gap-3 py-2.5">
      {person.contact_id === null ? (
        <ShieldBan aria-hidden className="size-9 rounded-full bg-sunken p-2 text-faint" />
      ) : (
        <Avatar id={person.contact_id} name={name} />
      )}
      <span className="min-w-0 flex-1">
        {person.contact_id === null ? (
          <bdi className="block truncate font-medium">{name}</bdi>
        ) : (
          <Link to="/contacts/$contactId" params={{ contactId: person.contact_id }} className="block truncate font-medium hover:underline">
            <bdi>{name}</bdi>
          </Link>
        )}
        <span className="block truncate text-xs text-soft">{about}</span>
      </span>
      {mayWrite && (
        <Button size="small" busy={unblock.isPending} onClick={act}>
          {t('Unblock')}
        </Button>
      )}
    </li>
  )
}
