/** Where content will be, while it is on its way. */
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('shimmer rounded-md', className)} />
}

/** Says to those who do not see the shimmer that something is loading. */
export function Loading({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-label={t('Loading {what}', { what })} className="h-full">
      {children}
    </div>
  )
}
