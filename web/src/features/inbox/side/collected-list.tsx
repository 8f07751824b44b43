/** What the person tapped and filled in, so that nobody asks for it again. */
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import type { Background } from '../teamwork/api'
import { Part } from './part'

type Collected = Background['collected'][number]

export function CollectedList({ collected }: { collected: Collected[] }) {
  if (collected.length === 0) return null
  return (
    <Part title={t('Answers they gave')}>
      <ul className="grid gap-2">
        {collected.map((each) => (
          <li key={each.message_id} className="rounded-xl border border-line bg-raised px-3 py-2 text-sm">
            <Values collected={each} />
            <time dateTime={each.at} className="text-2xs text-faint">
              {exactTime(each.at)}
            </time>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Values({ collected: { title, values } }: { collected: Collected }) {
  if (values === null) return <bdi className="block font-medium">{title}</bdi>
  return (
    <dl className="grid gap-0.5">
      {Object.entries(values).map(([name, value]) => (
        <div key={name} className="flex justify-between gap-3">
          <dt className="text-soft">{name.replaceAll('_', ' ')}</dt>
          <dd className="min-w-0 text-end font-medium break-words">
            <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
