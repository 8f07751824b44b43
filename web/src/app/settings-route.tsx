/** The settings: a list of pages and the one that is open, side by side where there is room. */
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { Suspense, useEffect } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMayCheck } from '@/shared/session/me'
import { Empty } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { PageFrame } from './page-frame'
import { SETTINGS, SETTINGS_GROUPS, type SettingsGroup, type SettingsSection } from './settings-sections'
import { SignOutRow } from './tools'

const GROUPS = Object.keys(SETTINGS_GROUPS) as SettingsGroup[]

function useShown(): SettingsSection[] {
  const may = useMayCheck()
  return SETTINGS.filter(({ permission }) => permission === undefined || may(permission))
}

export function SettingsFrame() {
  const { section } = useParams({ strict: false })
  return (
    <PageFrame to="/inbox" business={null}>
      <div className="flex min-h-full">
        <SettingsNav hasPage={section !== undefined} />
        <div className={cx('min-w-0 flex-1', section === undefined && 'hidden two:block')}>
          <Outlet />
        </div>
      </div>
    </PageFrame>
  )
}

function SettingsNav({ hasPage }: { hasPage: boolean }) {
  const shown = useShown()
  return (
    <div
      className={cx(
        'w-full shrink-0 px-4 py-5 two:sticky two:top-0 two:block two:h-dvh two:w-62 two:overflow-y-auto two:border-e two:border-line two:bg-panel two:px-3',
        hasPage && 'hidden',
      )}
    >
      <h1 className="mb-4 px-2.5 text-xl font-bold tracking-tight two:hidden">{t('Settings')}</h1>
      <p aria-hidden className="mb-4 px-2.5 text-xl font-bold tracking-tight max-two:hidden">
        {t('Settings')}
      </p>
      <nav aria-label={t('Settings')} className="grid gap-5">
        {GROUPS.filter((group) => shown.some((each) => each.group === group)).map((group) => (
          <div key={group}>
            <p className="mb-1 px-2.5 text-xs font-medium text-faint">{SETTINGS_GROUPS[group]()}</p>
            <ul>
              {shown
                .filter((each) => each.group === group)
                .map((each) => (
                  <li key={each.path}>
                    <NavLink {...each} />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="mt-6 two:hidden">
        <SignOutRow />
      </div>
    </div>
  )
}

function NavLink({ path, icon: Icon, title }: SettingsSection) {
  return (
    <Link
      to="/settings/$section"
      params={{ section: path }}
      activeProps={{ className: 'two:bg-accent-soft two:text-accent' }}
      inactiveProps={{ className: 'hover:bg-sunken' }}
      className="flex h-11 items-center gap-3 rounded-lg px-2.5 font-medium two:h-9 two:text-sm"
    >
      <Icon aria-hidden className="size-4.5 shrink-0 opacity-80" />
      <span className="min-w-0 flex-1 truncate">{title()}</span>
      <ChevronRight aria-hidden className="size-4 text-faint two:hidden rtl:-scale-x-100" />
    </Link>
  )
}

/** No page chosen: what there is, in cards. Only where the list leaves room for them. */
export function SettingsOverview() {
  const shown = useShown()
  useEffect(() => {
    document.title = `${t('Settings')} · Serai`
  }, [])
  return (
    <div className="mx-auto max-w-4xl px-8 py-7">
      <h1 className="mb-5 text-xl font-bold tracking-tight">{t('All settings')}</h1>
      <ul className="grid gap-4 wide:grid-cols-2">
        {shown.map(({ path, icon: Icon, title, about }) => (
          <li key={path}>
            <Link
              to="/settings/$section"
              params={{ section: path }}
              className="flex h-full gap-3.5 rounded-2xl border border-line bg-raised p-4 transition-shadow hover:shadow-raised"
            >
              <span aria-hidden className="grid h-9 w-8 shrink-0 place-items-center rounded-t-[16px] rounded-b-[6px] bg-accent-soft text-accent">
                <Icon className="size-4" />
              </span>
              <span className="min-w-0">
                <span className="block font-semibold">{title()}</span>
                <span className="block text-sm text-soft">{about()}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function SettingsRoute() {
  const { section } = useParams({ strict: false })
  const found = useShown().find(({ path }) => path === section)
  if (found === undefined) {
    return <Empty title={t('There is no such page')}>{t('Or it is not for your role. Ask an owner of the company.')}</Empty>
  }
  const Page = found.page
  return (
    <Suspense fallback={<PageSkeleton name={found.title()} />}>
      <Page key={found.path} />
    </Suspense>
  )
}

function PageSkeleton({ name }: { name: string }) {
  return (
    <Loading what={name}>
      <div className="mx-auto grid max-w-3xl gap-4 px-4 py-7 two:px-8">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="h-40 rounded-2xl" />
        <Skeleton className="h-40 rounded-2xl" />
      </div>
    </Loading>
  )
}
