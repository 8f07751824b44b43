/** Puts the businesses and the channels on one page; loaded when somebody goes there. */
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { BusinessChips } from '@/features/businesses/business-chips'
import { BusinessRail } from '@/features/businesses/business-rail'
import { ChannelPage } from '@/features/channels/detail/channel-page'
import { ConnectPage } from '@/features/channels/connect/connect-page'
import { ChannelsPage } from '@/features/channels/list/channels-page'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { RailSections } from './sections'
import { Tools, TopBar } from './top-bar'

const RENEW_MS = 30_000

export function ChannelsFrame() {
  const { businesses } = useMe()
  const { business } = useSearch({ from: '/channels' })
  const now = useNow(RENEW_MS)
  return (
    <div className="flex h-dvh">
      <BusinessRail to="/channels" businesses={businesses} selected={business} now={now} head={<RailSections />} foot={<Tools />} />
      <main className="flex min-w-0 flex-1 flex-col">
        <TopBar />
        <BusinessChips to="/channels" businesses={businesses} selected={business} />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Outlet />
        </div>
      </main>
    </div>
  )
}

export function ChannelsRoute() {
  const { businesses } = useMe()
  const { business } = useSearch({ from: '/channels' })
  return <ChannelsPage businesses={businesses} selected={business} now={useNow(RENEW_MS)} />
}

export function ChannelRoute() {
  const { businesses } = useMe()
  const { channelId } = useParams({ from: '/channels/$channelId' })
  const { tab } = useSearch({ from: '/channels/$channelId' })
  return <ChannelPage key={channelId} channelId={channelId} tab={tab} businesses={businesses} now={useNow(RENEW_MS)} />
}

export function ConnectRoute() {
  const { businesses } = useMe()
  const { business, code } = useSearch({ from: '/channels' })
  return <ConnectPage businesses={businesses} businessId={business} code={code} />
}
