/** One number: how it stands, and everything about it that can be set. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMay } from '@/shared/session/me'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { channelQuery } from '../api'
import type { Part } from '../kinds/kind'
import { KINDS } from '../kinds/registry'
import type { Tab } from '../search-params'
import type { Channel, Detail } from '../shapes'
import { StatusDot } from '../status-dot'
import { healthOf, stateWords } from '../words'
import { MayChange } from './may-change'

interface Props {
  channelId: string
  tab: Tab | undefined
  businesses: Business[]
  now: number
}

export function ChannelPage({ channelId, tab = 'overview', businesses, now }: Props) {
  const query = useQuery(channelQuery(channelId))
  const name = query.data?.name
  useEffect(() => {
    document.title = `${name ?? t('Channel')} · Serai`
  }, [name])
  if (query.isPending) return <PageSkeleton />
  if (query.data === undefined) {
    return <Failed what={t('This channel could not be loaded')} error={query.error} retry={query.refetch} />
  }
  return <Loaded channel={query.data} tab={tab} businesses={businesses} now={now} />
}

function Loaded({ channel, tab, businesses, now }: { channel: Detail; tab: Tab; businesses: Business[]; now: number }) {
  const mayChange = useMay('channels:write', channel.business_id)
  const business = businesses.find(({ id }) => id === channel.business_id)
  const { parts } = KINDS[channel.kind]
  const shown = parts.find((part) => part.tab === tab) ?? parts[0]
  return (
    <div className="mx-auto max-w-4xl px-4 py-5 two:px-8 two:py-7">
      <Head channel={channel} business={business} />
      <Tabs parts={parts} selected={shown} />
      {!mayChange && shown !== parts[0] && (
        <p className="mb-4 rounded-xl bg-sunken px-4 py-2.5 text-sm text-soft">{t('You may look at this; who manages the channels may change it.')}</p>
      )}
      <MayChange value={mayChange}>{shown?.show(channel, now)}</MayChange>
    </div>
  )
}

function Head({ channel, business }: { channel: Channel; business: Business | undefined }) {
  const { icon: KindIcon, name } = KINDS[channel.kind]
  return (
    <header>
      <Link
        to="/channels"
        search={({ business: chosen }) => ({ business: chosen })}
        className="mb-3 inline-flex items-center gap-1 rounded text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('Channels')}
      </Link>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="min-w-0 text-xl font-bold tracking-tight break-words">
          <bdi>{channel.public_name ?? channel.name}</bdi>
        </h1>
        <p className="flex items-center gap-1.5 text-sm font-medium text-soft">
          <StatusDot health={healthOf(channel)} />
          {stateWords(channel)}
        </p>
      </div>
      <p className="text-sm text-soft">
        <KindIcon role="img" aria-label={name()} className="me-1.5 inline size-4 align-[-3px]" />
        <bdi dir="ltr" className="tabular-nums">
          {channel.address}
        </bdi>
        {business !== undefined && ` · ${business.name}`}
      </p>
    </header>
  )
}

function Tabs({ parts, selected }: { parts: readonly Part[]; selected: Part | undefined }) {
  return (
    <nav aria-label={t('Parts of the channel')} className="mt-4 mb-5 flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
      {parts.map((part) => (
        <Link
          key={part.tab}
          to="."
          search={(old) => ({ ...old, tab: part === parts[0] ? undefined : part.tab })}
          aria-current={part === selected ? 'page' : undefined}
          className={cx(
            '-mb-px shrink-0 border-b-2 px-3 py-2 text-sm font-medium outline-offset-[-2px]',
            part === selected ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
          )}
        >
          {part.name()}
        </Link>
      ))}
    </nav>
  )
}

function PageSkeleton() {
  return (
    <Loading what={t('the channel')}>
      <div className="mx-auto grid max-w-4xl gap-4 px-4 py-7 two:px-8">
        <Skeleton className="h-7 w-60" />
        <Skeleton className="h-9" />
        <Skeleton className="h-40 rounded-2xl" />
        <Skeleton className="h-40 rounded-2xl" />
      </div>
    </Loading>
  )
}
