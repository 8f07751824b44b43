/** All numbers at a glance: the one that does not work stands out, the others are calm. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useEffect } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Empty, Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { channelsQuery } from '../api'
import { healthOf } from '../words'
import { ChannelCard } from './channel-card'

interface Props {
  businesses: Business[]
  /** Absent: of all businesses. */
  selected: string | undefined
  now: number
}

export function ChannelsPage({ businesses, selected, now }: Props) {
  const mayConnect = useMay('channels:write', selected)
  useEffect(() => {
    document.title = `${t('Channels')} · Serai`
  }, [])
  return (
    <div className="mx-auto flex min-h-full max-w-5xl flex-col px-4 py-5 two:px-8 two:py-7">
      <header className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-xl font-bold tracking-tight">{t('Channels')}</h1>
          <p className="text-sm text-soft">{t('The numbers that people write to.')}</p>
        </div>
        {mayConnect && (
          <Link
            to="/channels/connect"
            search={(old) => old}
            className="inline-flex h-9 items-center gap-1.5 rounded-lg bg-accent-fill px-3 text-sm font-medium text-on-accent hover:bg-accent-hover"
          >
            <Plus aria-hidden className="size-4" />
            {t('Connect a number')}
          </Link>
        )}
      </header>
      <Cards businesses={businesses} selected={selected} now={now} />
    </div>
  )
}

const FIRST = { broken: 0, warned: 1, good: 2 }

function Cards({ businesses, selected, now }: Props) {
  const query = useQuery(channelsQuery)
  if (query.isPending) return <CardsSkeleton />
  if (query.data === undefined) {
    return <Failed what={t('The channels could not be loaded')} error={query.error} retry={query.refetch} />
  }
  const shown = query.data.data
    .filter(({ business_id }) => selected === undefined || business_id === selected)
    .toSorted((one, other) => FIRST[healthOf(one)] - FIRST[healthOf(other)] || one.name.localeCompare(other.name))
  if (shown.length === 0) {
    return (
      <div className="grid flex-1 place-items-center">
        <Empty title={t('No number is connected')}>{t('Connect one, and what people write to it appears in the inbox.')}</Empty>
      </div>
    )
  }
  return (
    <ul aria-label={t('Channels')} className="grid grid-cols-1 gap-4 wide:grid-cols-2">
      {shown.map((channel) => (
        <li key={channel.id}>
          <ChannelCard
            channel={channel}
            business={businesses.find(({ id }) => id === channel.business_id)}
            now={now}
          />
        </li>
      ))}
    </ul>
  )
}

function CardsSkeleton() {
  return (
    <Loading what={t('channels')}>
      <div className="grid grid-cols-1 gap-4 wide:grid-cols-2">
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-44 rounded-2xl" />
        ))}
      </div>
    </Loading>
  )
}
