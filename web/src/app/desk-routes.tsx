/** Search and reports; loaded when somebody goes there. */
import { useSearch } from '@tanstack/react-router'
import { ResponseTimesPage } from '@/features/reports/response-times-page'
import { SearchPage } from '@/features/search/search-page'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { PageFrame } from './page-frame'

const RENEW_MS = 30_000

export function SearchRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/search' })
  return (
    <PageFrame to="/inbox" business={null}>
      <SearchPage search={search} businesses={businesses} now={useNow(RENEW_MS)} />
    </PageFrame>
  )
}

export function ReportsRoute() {
  const { businesses } = useMe()
  return (
    <PageFrame to="/inbox" business={null}>
      <ResponseTimesPage businesses={businesses} />
    </PageFrame>
  )
}
