/** What every page of the settings looks like: a heading, what it is for, what to do; then cards. */
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'

interface Props {
  title: string
  about?: string
  /** Beside the heading: the main thing to do. */
  action?: ReactNode
  /** For tables. */
  wide?: boolean
  children: ReactNode
}

export function SettingsPage({ title, about, action, wide = false, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Serai`
  }, [title])
  return (
    <div className={cx('mx-auto px-4 py-5 two:px-8 two:py-7', wide ? 'max-w-6xl' : 'max-w-3xl')}>
      <Link
        to="/settings"
        className="-ms-1 mb-3 inline-flex h-8 items-center gap-1.5 rounded-lg px-1 text-sm font-medium text-soft hover:text-ink two:hidden"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('Settings')}
      </Link>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-xl font-bold tracking-tight">{title}</h1>
          {about !== undefined && <p className="text-sm text-soft">{about}</p>}
        </div>
        {action}
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </div>
  )
}

/** One subject of a page. */
export function Card({ title, about, children, foot }: { title?: string; about?: string; children: ReactNode; foot?: ReactNode }) {
  return (
    <section className="overflow-hidden rounded-2xl border border-line bg-raised">
      <div className="p-4 two:p-5">
        {title !== undefined && <h2 className="font-semibold">{title}</h2>}
        {about !== undefined && <p className="text-sm text-soft">{about}</p>}
        <div className={cx(title !== undefined && 'mt-4')}>{children}</div>
      </div>
      {foot !== undefined && <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-panel px-4 py-3 empty:hidden two:px-5">{foot}</div>}
    </section>
  )
}
