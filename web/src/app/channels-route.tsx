/** Puts the businesses and the channels on one page; loaded when somebody goes there. */
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { ChannelPage } from '@/features/channels/detail/channel-page'
import { ConnectPage } from '@/features/channels/connect/connect-page'
import { ChannelsPage } from '@/features/channels/list/channels-page'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { PageFrame } from './page-frame'

const RENEW_MS = 30_000

export function ChannelsFrame() {
  const { business } = useSearch({ from: '/channels' })
  return (
    <PageFrame to="/channels" business={business}>
      <Outlet />
    </PageFrame>
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
