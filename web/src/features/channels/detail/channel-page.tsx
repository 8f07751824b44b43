/** One number: how it stands, and everything about it that can be set. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { channelQuery } from '../api'
import { TABS, type Tab } from '../search-params'
import type { Channel, Detail } from '../shapes'
import { StatusDot } from '../status-dot'
import { healthOf, stateWords } from '../words'
import { CodesTab } from './codes-tab'
import { ConnectionTab } from './connection-tab'
import { GreetingTab } from './greeting-tab'
import { Overview } from './overview'
import { ProfileTab } from './profile-tab'
import { ShopTab } from './shop-tab'

interface Props {
  channelId: string
  tab: Tab | undefined
  businesses: Business[]
  now: number
}

const NAMES: Record<Tab, () => string> = {
  overview: () => t('Overview'),
  profile: () => t('Profile'),
  codes: () => t('QR codes'),
  greeting: () => t('Greeting'),
  shop: () => t('Shop'),
  connection: () => t('Connection'),
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
  const channel = query.data
  const business = businesses.find(({ id }) => id === channel.business_id)
  return (
    <div className="mx-auto max-w-4xl px-4 py-5 two:px-8 two:py-7">
      <Head channel={channel} business={business} />
      <Tabs selected={tab} />
      {bodyOf(tab, channel, now)}
    </div>
  )
}

function bodyOf(tab: Tab, channel: Detail, now: number): ReactNode {
  switch (tab) {
    case 'profile':
      return <ProfileTab channelId={channel.id} />
    case 'codes':
      return <CodesTab channelId={channel.id} />
    case 'greeting':
      return <GreetingTab channelId={channel.id} />
    case 'shop':
      return <ShopTab channel={channel} />
    case 'connection':
      return <ConnectionTab channel={channel} now={now} />
    case 'overview':
      return <Overview channel={channel} now={now} />
  }
}

function Head({ channel, business }: { channel: Channel; business: Business | undefined }) {
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
          <bdi>{channel.verified_name ?? channel.name}</bdi>
        </h1>
        <p className="flex items-center gap-1.5 text-sm font-medium text-soft">
          <StatusDot health={healthOf(channel)} />
          {stateWords(channel)}
        </p>
      </div>
      <p className="text-sm text-soft">
        <bdi dir="ltr" className="tabular-nums">
          {channel.display_phone_number}
        </bdi>
        {business !== undefined && ` · ${business.name}`}
      </p>
    </header>
  )
}

function Tabs({ selected }: { selected: Tab }) {
  return (
    <nav aria-label={t('Parts of the channel')} className="mt-4 mb-5 flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="."
          search={(old) => ({ ...old, tab: tab === 'overview' ? undefined : tab })}
          aria-current={tab === selected ? 'page' : undefined}
          className={cx(
            '-mb-px shrink-0 border-b-2 px-3 py-2 text-sm font-medium outline-offset-[-2px]',
            tab === selected ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
          )}
        >
          {NAMES[tab]()}
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
