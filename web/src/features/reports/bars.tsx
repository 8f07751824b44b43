/** One bar for each group: the median, on a scale that long waits do not squeeze, with a line at the aim. */
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import type { By, ResponseTimes } from './api'
import { shareWords, waitWords } from './words'

type Group = ResponseTimes['groups'][number]

interface Props {
  groups: Group[]
  by: By
  /** Seconds. */
  aim: number
}


function nameOf({ key, name }: Group, by: By): string {
  if (by === 'day' && key !== null) return date(`${key}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  return name ?? t('WhatsApp’s own app')
}

/** A minute more matters at two minutes and hardly at two hours. */
const scale = (seconds: number) => Math.log1p(seconds / 30)

export function Bars({ groups, by, aim }: Props) {
  const longest = Math.max(aim * 2, ...groups.map((group) => group.median_seconds ?? 0))
  const width = (seconds: number) => `${(100 * scale(seconds)) / scale(longest)}%`
  return (
    <table className="w-full text-sm">
      <thead className="text-xs text-soft">
        <tr>
          <th scope="col" className="pb-2 text-start font-medium">
            {by === 'day' ? t('Day') : t('Name')}
          </th>
          <th scope="col" className="w-1/2 pb-2 text-start font-medium">
            {t('Median')}
          </th>
          <th scope="col" className="pb-2 text-end font-medium max-two:hidden">
            {t('9 of 10 within')}
          </th>
          <th scope="col" className="pb-2 text-end font-medium">
            {t('Within {aim}', { aim: waitWords(aim) })}
          </th>
          <th scope="col" className="pb-2 text-end font-medium max-two:hidden">
            {t('Answers')}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.key ?? ''} className="border-t border-line">
            <th scope="row" className="max-w-32 truncate py-2 pe-3 text-start font-medium">
              <bdi>{nameOf(group, by)}</bdi>
            </th>
            <td className="py-2 pe-3">
              <span className="flex items-center gap-2">
                <span aria-hidden className="relative h-3 flex-1 rounded-full bg-sunken">
                  <span
                    className={cx(
                      'absolute inset-y-0 start-0 min-w-1 rounded-full',
                      (group.median_seconds ?? 0) <= aim ? 'bg-good' : 'bg-lamp',
                    )}
                    style={{ width: width(group.median_seconds ?? 0) }}
                  />
                  <span className="absolute -inset-y-1 w-px bg-ink/40" style={{ insetInlineStart: width(aim) }} />
                </span>
                <span className="w-20 shrink-0 text-end tabular-nums">{waitWords(group.median_seconds)}</span>
              </span>
            </td>
            <td className="py-2 text-end tabular-nums max-two:hidden">{waitWords(group.p90_seconds)}</td>
            <td className="py-2 text-end tabular-nums">{shareWords(group.share_within_aim)}</td>
            <td className="py-2 text-end tabular-nums max-two:hidden">{group.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
