/** Whether the chain of entries holds: each carries the hash of the one before it. */
import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { number } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Skeleton } from '@/shared/ui/skeleton'
import { verdictQuery } from './api'

export function VerifyBadge() {
  const { data, isError } = useQuery(verdictQuery)
  if (isError) return null
  if (data === undefined) return <Skeleton className="h-14 rounded-xl" />
  const Shield = data.holds ? ShieldCheck : ShieldAlert
  return (
    <div
      role="status"
      className={cx('flex items-center gap-3 rounded-xl px-4 py-3 text-sm', data.holds ? 'bg-good-soft text-good-ink' : 'bg-bad-soft text-bad-ink')}
    >
      <Shield aria-hidden className="size-5 shrink-0" />
      <p>
        {data.holds
          ? t('The log is whole: {count} entries, each sealed with the one before it.', { count: number(data.entries) })
          : t('The log was tampered with at entry {number}. What comes before it can be trusted; ask who has access to the database.', {
              number: number(data.broken_at ?? 0),
            })}
      </p>
    </div>
  )
}
