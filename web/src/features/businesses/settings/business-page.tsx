/** One business, in parts. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { openingOf } from '@/shared/lib/opening'
import { useAddress } from '@/shared/lib/use-address'
import { useNow } from '@/shared/lib/use-now'
import { useMay } from '@/shared/session/me'
import { BusinessMark } from '@/shared/ui/arch'
import { Badge } from '@/shared/ui/badge'
import { Part } from '@/shared/ui/part'
import { businessQuery, type BusinessDetail } from '../api'
import { GeneralTab } from './general-tab'
import { GoLiveTab } from './golive-tab'
import { HoursTab } from './hours/hours-tab'
import { MessagesTab } from './messages-tab'
import { PacksTab } from './packs-tab'
import { sectorName } from './words'

const TABS = ['general', 'hours', 'messages', 'packs', 'go-live'] as const
type Tab = (typeof TABS)[number]

const RENEW_MS = 30_000

const readTab = ({ tab }: Record<string, unknown>): { tab?: Tab } => {
  const found = TABS.find((each) => each === tab)
  return found === undefined ? {} : { tab: found }
}

function tabName(tab: Tab): string {
  switch (tab) {
    case 'general':
      return t('General')
    case 'hours':
      return t('Opening hours')
    case 'messages':
      return t('Automatic texts')
    case 'packs':
      return t('Packs')
    case 'go-live':
      return t('Going live')
  }
}

export function BusinessPage({ id }: { id: string }) {
  const [{ tab = 'general' }] = useAddress(readTab)
  const query = useQuery(businessQuery(id))
  const mayChange = useMay('business:write', id)
  const name = query.data?.name
  useEffect(() => {
    document.title = `${name ?? t('Business')} · Serai`
  }, [name])
  return (
    <div className="mx-auto max-w-4xl px-4 py-5 two:px-8 two:py-7">
      <Link
        to="/settings/$section"
        params={{ section: 'businesses' }}
        className="mb-3 inline-flex items-center gap-1 rounded text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('Businesses')}
      </Link>
      <Part query={query} what={t('this business')}>
        {(business) => (
          <>
            <Head business={business} />
            <Tabs selected={tab} />
            {!mayChange && <p className="mb-4 text-sm text-soft">{t('You may look at this, and a manager may change it.')}</p>}
            {bodyOf(tab, business, mayChange)}
          </>
        )}
      </Part>
    </div>
  )
}

function bodyOf(tab: Tab, business: BusinessDetail, mayChange: boolean): ReactNode {
  switch (tab) {
    case 'general':
      return <GeneralTab business={business} mayChange={mayChange} />
    case 'hours':
      return <HoursTab business={business} mayChange={mayChange} />
    case 'messages':
      return <MessagesTab business={business} mayChange={mayChange} />
    case 'packs':
      return <PacksTab business={business} mayChange={mayChange} />
    case 'go-live':
      return <GoLiveTab id={business.id} />
  }
}

function Head({ business }: { business: BusinessDetail }) {
  const { open, words } = openingOf(business, useNow(RENEW_MS))
  return (
    <header className="flex flex-wrap items-center gap-x-3.5 gap-y-1">
      <BusinessMark business={business} />
      <div className="min-w-0">
        <h1 className="text-xl font-bold tracking-tight break-words">
          <bdi>{business.name}</bdi>
        </h1>
        <p className="text-sm text-soft">{sectorName(business.sector)}</p>
      </div>
      <span className="ms-auto">
        <Badge tone={open ? 'good' : 'quiet'}>{words}</Badge>
      </span>
    </header>
  )
}

function Tabs({ selected }: { selected: Tab }) {
  return (
    <nav aria-label={t('Parts of the business')} className="mt-4 mb-5 flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="."
          search={(tab === 'general' ? {} : { tab }) as never}
          aria-current={tab === selected ? 'page' : undefined}
          className={cx(
            '-mb-px shrink-0 border-b-2 px-3 py-2 text-sm font-medium outline-offset-[-2px]',
            tab === selected ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
          )}
        >
          {tabName(tab)}
        </Link>
      ))}
    </nav>
  )
}
