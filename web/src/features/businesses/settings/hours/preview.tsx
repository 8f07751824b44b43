/** Two weeks as customers would meet them under these hours, saved or not. */
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Clock4 } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { whenThere } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'
import { useSettled } from '@/shared/lib/use-settled'
import { IconButton } from '@/shared/ui/button'
import { Card } from '@/shared/ui/settings-page'
import { Skeleton } from '@/shared/ui/skeleton'
import { previewQuery, type Hours } from '../../api'
import { PreviewDay, type Day } from './preview-day'

const SETTLE_MS = 300
const DAY_MS = 86_400_000
const RENEW_MS = 30_000
const MARKS = ['00', '06', '12', '18', '24']

interface Props {
  businessId: string
  hours: Hours
  /** False: they cannot be previewed yet; the last that could stay. */
  isSound: boolean
  isSaved: boolean
}

export function Preview({ businessId, hours, isSound, isSaved }: Props) {
  const [firstOn, setFirstOn] = useState<string | null>(null)
  // In this order: what was unsound a moment ago is not asked about, though it is mended by now.
  const settled = useSettled(hours, SETTLE_MS)
  const wasSound = useSettled(isSound, SETTLE_MS)
  const query = useQuery({ ...previewQuery(businessId, { ...settled, first_on: firstOn }), enabled: isSound && wasSound })
  const now = useNow(RENEW_MS)
  const seen = query.data
  const first = seen?.days[0]?.on
  const move = (days: number) => first !== undefined && setFirstOn(new Date(Date.parse(first) + days * DAY_MS).toISOString().slice(0, 10))
  return (
    <Card title={isSaved ? t('The next two weeks') : t('The next two weeks, once saved')}>
      {seen === undefined ? (
        query.error === null ? (
          <Skeleton className="h-96 rounded-xl" />
        ) : (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(query.error)}
          </p>
        )
      ) : (
        <div className={cx('transition-[filter]', (!isSound || query.isPlaceholderData) && 'grayscale')}>
          <div className="mb-3 flex items-center justify-between gap-2">
            <p role="status" className="text-sm text-soft">
              {standing(seen, now)}
            </p>
            <div className="flex">
              <IconButton label={t('Two weeks before')} onClick={() => move(-14)}>
                <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
              </IconButton>
              <IconButton label={t('Two weeks after')} onClick={() => move(14)}>
                <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
              </IconButton>
            </div>
          </div>
          <Scale />
          <ol>
            {seen.days.map((day: Day) => (
              <PreviewDay key={day.on} day={day} timeZone={seen.time_zone} />
            ))}
          </ol>
          {seen.away !== null && (
            <figure className="mt-4 rounded-xl bg-sunken p-3">
              <figcaption className="mb-2 flex items-center gap-1.5 text-xs font-medium text-soft">
                <Clock4 aria-hidden className="size-3.5" />
                {t('Who writes then ({when}) reads', { when: whenThere(seen.away.at, seen.time_zone, now) })}
              </figcaption>
              <p dir="auto" className="w-fit max-w-xl rounded-2xl rounded-ss-sm bg-raised px-3 py-2 text-sm whitespace-pre-wrap shadow-raised">
                {seen.away.text}
              </p>
            </figure>
          )}
        </div>
      )}
    </Card>
  )
}

interface Standing {
  open_now: boolean
  next_opening_at: string | null
  next_closing_at: string | null
  time_zone: string
}

function standing({ open_now, next_opening_at, next_closing_at, time_zone }: Standing, now: number): string {
  const at = (iso: string) => whenThere(iso, time_zone, now)
  if (open_now) return next_closing_at === null ? t('Open all the time.') : t('Open now, until {when}.', { when: at(next_closing_at) })
  return next_opening_at === null ? t('Closed, and no opening within a year.') : t('Closed now, opens {when}.', { when: at(next_opening_at) })
}

function Scale() {
  return (
    <div aria-hidden className="ms-24 flex justify-between text-2xs text-faint tabular-nums two:ms-28">
      {MARKS.map((mark) => (
        <span key={mark} className="w-0 text-center first:text-start last:-translate-x-2 rtl:last:translate-x-2">
          {mark}
        </span>
      ))}
    </div>
  )
}
