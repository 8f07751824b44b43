/** The parts of the product: beside the businesses on the rail, or in the bar of a narrow page. */
import { Link } from '@tanstack/react-router'
import { Inbox, Phone, type LucideIcon } from 'lucide-react'
import { cx } from '@/shared/lib/cx'

const SECTIONS: ['/inbox' | '/channels', LucideIcon, string][] = [
  ['/inbox', Inbox, 'Inbox'],
  ['/channels', Phone, 'Channels'],
]

export function RailSections() {
  return (
    <nav aria-label="Sections" className="mb-2 grid gap-1 border-b border-rail-raised pb-3">
      {SECTIONS.map(([to, Icon, name]) => (
        <Link
          key={to}
          to={to}
          aria-label={name}
          activeProps={{ className: 'bg-rail-raised text-rail-ink' }}
          inactiveProps={{ className: 'text-rail-faint hover:bg-rail-raised/60' }}
          className="flex h-9 items-center justify-center gap-3 rounded-xl px-2.5 text-sm font-medium transition-colors wide:justify-start"
        >
          <Icon aria-hidden className="size-4.5 shrink-0" />
          <span className="hidden wide:inline">{name}</span>
        </Link>
      ))}
    </nav>
  )
}

export function BarSections({ className }: { className?: string }) {
  return (
    <nav aria-label="Sections" className={cx('flex gap-1', className)}>
      {SECTIONS.map(([to, Icon, name]) => (
        <Link
          key={to}
          to={to}
          activeProps={{ className: 'bg-rail-raised text-rail-ink' }}
          inactiveProps={{ className: 'text-rail-faint' }}
          className="flex h-8 items-center gap-1.5 rounded-lg px-2.5 text-sm font-medium"
        >
          <Icon aria-hidden className="size-4" />
          {name}
        </Link>
      ))}
    </nav>
  )
}
