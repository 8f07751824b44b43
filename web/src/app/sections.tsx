/** The parts of the product: beside the businesses on the rail, or in the bar of a narrow page. */
import { Link } from '@tanstack/react-router'
import { ChartNoAxesColumn, Inbox, Phone, Search, Settings, Users, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { ShortcutName } from '@/shared/keys/shortcuts'
import { cx } from '@/shared/lib/cx'
import { useMayCheck, type Permission } from '@/shared/session/me'

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

export function RailSections() {
  return (
    <nav aria-label={t('Sections')} className="mb-2 grid gap-1 border-b border-rail-raised pb-3">
      {useSections().map(({ to, icon: Icon, name }) => (
        <Link
          key={to}
          to={to}
          aria-label={name()}
          activeProps={{ className: 'bg-rail-raised text-rail-ink' }}
          inactiveProps={{ className: 'text-rail-faint hover:bg-rail-raised/60' }}
          className="flex h-9 items-center justify-center gap-3 rounded-xl px-2.5 text-sm font-medium transition-colors wide:justify-start"
        >
          <Icon aria-hidden className="size-4.5 shrink-0" />
          <span className="hidden wide:inline">{name()}</span>
        </Link>
      ))}
    </nav>
  )
}

/** Icons; where there is room, the one that one is in shows its name. */
export function BarSections({ className }: { className?: string }) {
  return (
    <nav aria-label={t('Sections')} className={cx('flex gap-1', className)}>
      {useSections().map(({ to, icon: Icon, name }) => (
        <Link
          key={to}
          to={to}
          aria-label={name()}
          activeProps={{ className: 'bg-rail-raised text-rail-ink' }}
          inactiveProps={{ className: 'text-rail-faint' }}
          className="group flex h-8 items-center gap-1.5 rounded-lg px-2.5 text-sm font-medium"
        >
          <Icon aria-hidden className="size-4" />
          <span className="hidden min-[30rem]:group-aria-[current=page]:inline">{name()}</span>
        </Link>
      ))}
    </nav>
  )
}
