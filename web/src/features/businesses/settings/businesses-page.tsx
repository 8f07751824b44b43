/** All businesses of the company, and the way into each. */
import { Link, useParams } from '@tanstack/react-router'
import { ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { openingOf } from '@/shared/lib/opening'
import { useNow } from '@/shared/lib/use-now'
import { useMay, useMe } from '@/shared/session/me'
import { BusinessMark } from '@/shared/ui/arch'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/notice'
import { SettingsPage } from '@/shared/ui/settings-page'
import type { Business } from '@/shared/api/types'
import { AddBusiness } from './add-business'
import { BusinessPage } from './business-page'
import { sectorName } from './words'

const RENEW_MS = 30_000

export default function BusinessesPage() {
  const { item } = useParams({ strict: false })
  return item === undefined ? <List /> : <BusinessPage key={item} id={item} />
}

function List() {
  const { businesses } = useMe()
  const now = useNow(RENEW_MS)
  const mayAdd = useMay('company:write')
  const [adds, setAdds] = useState(false)
  const add = mayAdd && (
    <Button look="main" onClick={() => setAdds(true)}>
      <Plus aria-hidden className="size-4" />
      {t('Add a business')}
    </Button>
  )
  return (
    <SettingsPage
      title={t('Businesses')}
      about={t('What each is called, when it is open, and what it says by itself.')}
      action={businesses.length > 0 && add}
    >
      {businesses.length === 0 ? (
        <Empty title={t('No business yet')}>
          <p className="mb-3">{t('A business has its own numbers, hours, people and texts.')}</p>
          {add}
        </Empty>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-raised">
          {businesses.map((business) => (
            <Row key={business.id} business={business} now={now} />
          ))}
        </ul>
      )}
      {adds && <AddBusiness onClose={() => setAdds(false)} />}
    </SettingsPage>
  )
}

function Row({ business, now }: { business: Business; now: number }) {
  const { open, words } = openingOf(business, now)
  return (
    <li>
      <Link
        to="/settings/$section/$item"
        params={{ section: 'businesses', item: business.id }}
        className="flex items-center gap-3.5 px-4 py-3.5 outline-offset-[-2px] hover:bg-panel two:px-5"
      >
        <BusinessMark business={business} />
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate font-semibold">
            {business.name}
          </span>
          <span className="block truncate text-sm text-soft">
            {sectorName(business.sector)} · {business.time_zone.replaceAll('_', ' ')}
          </span>
        </span>
        {business.always_human && (
          <span className="hidden two:inline">
            <Badge tone="lamp">{t('People answer')}</Badge>
          </span>
        )}
        <span className="hidden two:inline">
          <Badge tone={open ? 'good' : 'quiet'}>{words}</Badge>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-faint rtl:-scale-x-100" />
      </Link>
    </li>
  )
}
