/** How long free replies are possible, under the reply box; louder in the last hour. */
import { Hourglass } from 'lucide-react'
import { cx } from '@/shared/lib/cx'
import { span } from '@/shared/lib/times'
import { isClosingSoon, type WindowView } from './use-window'

export function WindowLine({ view }: { view: WindowView }) {
  const isUrgent = isClosingSoon(view)
  return (
    <div className="mt-1.5 flex items-center justify-between gap-3 px-1 text-2xs text-faint">
      <p role="timer" className={cx('flex items-center gap-1 tabular-nums', isUrgent && 'font-semibold text-lamp-ink')}>
        <Hourglass aria-hidden className="size-3" />
        {view.leftMs === null ? 'Free replies possible' : `Free replies for ${span(view.leftMs)}`}
      </p>
      <p className="hidden wide:block">Enter sends, Shift + Enter starts a new line</p>
    </div>
  )
}
