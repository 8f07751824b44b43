/** One promise: what was kept of it, of how many, each day at a glance, and what exactly is counted. */
import { Check, TriangleAlert } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Badge } from '@/shared/ui/badge'
import type { Level, Name } from './api'
import { aimWords, countWords, meaningWords, nameWords, shareWords } from './words'

interface Props {
  name: Name
  level: Level
  /** In order; null: nothing was promised or counted that day. */
  days: (boolean | null)[]
  more?: string | null
}

export function FigureCard({ name, level, days, more = null }: Props) {
  return (
    <section className="flex flex-col gap-2 rounded-2xl border border-line bg-raised p-4 two:p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{nameWords(name)}</h2>
        <Verdict kept={level.is_kept} />
      </div>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className={cx('text-3xl font-bold tracking-tight tabular-nums', level.is_kept === false && 'text-bad-ink')}>
          {shareWords(name, level.share)}
        </span>
        <span className="text-sm text-soft">{aimWords(name, level.aim)}</span>
      </p>
      <Days days={days} />
      <p className="text-sm tabular-nums">
        {countWords(name, level)}
        {more !== null && <span className="text-soft"> · {more}</span>}
      </p>
      <p className="text-xs text-soft">{meaningWords(name)}</p>
    </section>
  )
}

function Verdict({ kept }: { kept: boolean | null }) {
  if (kept === null) return <Badge tone="quiet">{t('Not known yet')}</Badge>
  if (!kept) {
    return (
      <Badge tone="bad">
        <TriangleAlert aria-hidden />
        {t('Missed')}
      </Badge>
    )
  }
  return (
    <Badge tone="good">
      <Check aria-hidden />
      {t('Kept')}
    </Badge>
  )
}

/** The table below says the same in words. */
function Days({ days }: { days: (boolean | null)[] }) {
  return (
    <div aria-hidden className="flex h-6 items-stretch gap-px two:gap-0.5">
      {days.map((kept, at) => (
        <span
          key={at}
          className={cx(
            'min-w-0 flex-1 rounded-xs',
            kept === null && 'bg-sunken',
            kept === true && 'bg-good',
            kept === false && 'bg-bad',
          )}
        />
      ))}
    </div>
  )
}
