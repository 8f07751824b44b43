/** How long free replies are possible, under the reply box; louder in the last hour. */
import { Hourglass } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { exactTime, span } from '@/shared/lib/times'
import { isClosingSoon, type WindowView } from './use-window'

interface Props {
  view: WindowView
  /** They came by an advert: nothing costs anything until then. */
  freeUntil: string | null
  enterSends: boolean
  /** *bold* and its like mean something there. */
  marksText: boolean
}

export function WindowLine({ view, freeUntil, enterSends, marksText }: Props) {
  const isUrgent = isClosingSoon(view)
  return (
    <div className="mt-1.5 flex items-center justify-between gap-3 px-1 text-2xs text-faint">
      <p role="timer" className={cx('flex items-center gap-1 tabular-nums', isUrgent && 'font-semibold text-lamp-ink')}>
        <Hourglass aria-hidden className="size-3" />
        {view.leftMs === null ? t('Free replies possible') : t('Free replies for {span}', { span: span(view.leftMs) })}
      </p>
      {freeUntil !== null && <p>{t('Costs nothing until {when}', { when: exactTime(freeUntil) })}</p>}
      <p className="hidden wide:block">
        {enterSends ? t('Enter sends, Shift + Enter starts a new line') : t('Ctrl or ⌘ + Enter sends')}
        {marksText && ` · ${t('*bold* _italic_ ~struck~')}`}
      </p>
    </div>
  )
}
