/** The same by day, business or number. */
import { date } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import type { By, Level, LevelsOf, Name } from './api'
import { nameWords, shareWords } from './words'

export const NAMES: Name[] = ['up', 'answers', 'errors', 'delivery']
const OF_ONE: Name[] = ['answers', 'delivery']

interface Props {
  by: By
  groups: LevelsOf[]
}

export function LevelsTable({ by, groups }: Props) {
  const names = by === 'day' ? NAMES : OF_ONE
  const rows = by === 'day' ? groups.toReversed() : groups
  return (
    <table className="w-full text-sm">
      <thead className="text-xs text-soft">
        <tr>
          <th scope="col" className="pb-2 text-start font-medium">
            {by === 'day' ? t('Day') : t('Name')}
          </th>
          {names.map((name) => (
            <th key={name} scope="col" className="ps-2 pb-2 text-end align-bottom font-medium">
              {nameWords(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((group) => (
          <tr key={group.key} className="border-t border-line">
            <th scope="row" className="max-w-40 truncate py-2 text-start font-medium">
              <bdi>{by === 'day' ? dayWords(group.key) : group.name}</bdi>
            </th>
            {names.map((name) => (
              <Cell key={name} name={name} level={group[name]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const dayWords = (day: string) => date(`${day}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

function Cell({ name, level }: { name: Name; level: Level | null }) {
  const missed = level?.is_kept === false
  return (
    <td className={cx('py-2 ps-2 text-end tabular-nums', missed && 'font-semibold text-bad-ink')}>
      {shareWords(name, level?.share ?? null)}
      {missed && <span className="sr-only"> {t('Missed')}</span>}
    </td>
  )
}
