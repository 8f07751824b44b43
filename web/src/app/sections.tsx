/** The parts of the product: beside the businesses on the rail, or at the foot of a narrow page. */
import { ChartNoAxesColumn, Inbox, Phone, Search, Settings, Users, type LucideIcon } from 'lucide-react'
import { memo } from 'react'
import { t } from '@/shared/i18n/t'
import type { ShortcutName } from '@/shared/keys/shortcuts'
import { useMayCheck, type Permission } from '@/shared/session/me'
import { cx } from '@/shared/lib/cx'
import { PageLink, useSection } from '@/shared/ui/page-link'

export interface Section {
  to: '/inbox' | '/contacts' | '/channels' | '/reports/response-times' | '/search' | '/settings'
  icon: LucideIcon
  shortcut: ShortcutName
  /** Called while rendering, so that it follows the language. */
  name: () => string
  /** Absent: for all who are signed in. */
  permission?: Permission
}

export const SECTIONS: Section[] = [
  { to: '/inbox', icon: Inbox, shortcut: 'goInbox', name: () => t('Inbox'), permission: 'conversations:read' },
  { to: '/contacts', icon: Users, shortcut: 'goContacts', name: () => t('Contacts'), permission: 'contacts:read' },
  { to: '/channels', icon: Phone, shortcut: 'goChannels', name: () => t('Channels'), permission: 'channels:read' },
  { to: '/search', icon: Search, shortcut: 'goSearch', name: () => t('Search'), permission: 'conversations:read' },
  { to: '/reports/response-times', icon: ChartNoAxesColumn, shortcut: 'goReports', name: () => t('Reports'), permission: 'reports:read' },
  { to: '/settings', icon: Settings, shortcut: 'goSettings', name: () => t('Settings') },
]

function useSections(): Section[] {
  const may = useMayCheck()
  return SECTIONS.filter(({ permission }) => permission === undefined || may(permission))
}

export const RailSections = memo(function RailSections() {
  const here = useSection()
  return (
    <nav aria-label={t('Sections')} className="mb-2 grid gap-1 border-b border-rail-raised pb-3">
      {useSections().map(({ to, icon: Icon, name }) => (
        <PageLink
          key={to}
          href={to}
          aria-label={name()}
          aria-current={to.startsWith(here) ? 'page' : undefined}
          className={cx(
            'flex h-9 items-center justify-center gap-3 rounded-xl px-2.5 text-sm font-medium transition-colors wide:justify-start',
            to.startsWith(here) ? 'bg-rail-raised text-rail-ink' : 'text-rail-faint hover:bg-rail-raised/60',
          )}
        >
          <Icon aria-hidden className="size-4.5 shrink-0" />
          <span className="hidden wide:inline">{name()}</span>
        </PageLink>
      ))}
    </nav>
  )
})

/** At the foot of a narrow page, where thumbs are; away while a keyboard leaves little room. */
export const BottomSections = memo(function BottomSections() {
  const here = useSection()
  return (
    <nav
      aria-label={t('Sections')}
      className="flex shrink-0 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] print:hidden [@media(max-height:26rem)]:hidden"
    >
      {useSections().map(({ to, icon: Icon, name }) => (
        <PageLink
          key={to}
          href={to}
          aria-current={to.startsWith(here) ? 'page' : undefined}
          className={cx(
            'group grid h-(--bottom) min-w-0 flex-auto content-center justify-items-center gap-0.5 -outline-offset-2',
            to.startsWith(here) ? 'text-accent' : 'text-soft',
          )}
        >
          <span className="grid h-7 w-12 max-w-full place-items-center rounded-full transition-colors group-aria-[current=page]:bg-accent-soft">
            <Icon aria-hidden className="size-5" />
          </span>
          <span className="max-w-full truncate px-0.5 text-2xs font-medium">{name()}</span>
        </PageLink>
      ))}
    </nav>
  )
})
