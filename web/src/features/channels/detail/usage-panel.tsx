/** What the number did today, whom it may still write to first, and what waits, with the reason. */
import { useQuery } from '@tanstack/react-query'
import { exactTime } from '@/shared/lib/times'
import { usageQuery, type Usage } from '../meta'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'

export function UsagePanel({ channelId }: { channelId: string }) {
  const query = useQuery(usageQuery(channelId))
  return (
    <Part query={query} what="today's use">
      {(usage) => (
        <Panel title="Today">
          <dl className="grid grid-cols-1 gap-x-8 gap-y-4 two:grid-cols-2">
            <Count name="Sent">{sentWords(usage)}</Count>
            <Count name="Written to first, in 24 hours">{peopleWords(usage.people)}</Count>
          </dl>
          {usage.waiting.length > 0 && <Waiting waiting={usage.waiting} />}
        </Panel>
      )}
    </Part>
  )
}

function Count({ name, children }: { name: string; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="mt-0.5 font-medium break-words">{children}</dd>
    </div>
  )
}

function Waiting({ waiting }: Pick<Usage, 'waiting'>) {
  return (
    <div className="mt-4 border-t border-line pt-4">
      <h3 className="text-sm font-semibold">Waiting</h3>
      <ul aria-label="Waiting" className="mt-1.5 grid grid-cols-1 gap-1 text-sm">
        {waiting.map(({ waits_for, count, text, next_at }) => (
          <li key={waits_for}>
            <span className="font-medium tabular-nums">{count}</span> · {text}
            {next_at !== null && <span className="text-soft"> Next at {exactTime(next_at)}.</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function sentWords({ sent }: Usage): string {
  const kinds = Object.entries(sent).filter(([, count]) => count > 0)
  if (kinds.length === 0) return 'Nothing yet'
  return kinds.map(([kind, count]) => `${count} ${kind.toLowerCase().replaceAll('_', ' ')}`).join(', ')
}

function peopleWords({ reached, limit, is_known }: Usage['people']): string {
  const of = limit === null ? 'no limit' : `of ${limit}`
  return `${reached} people, ${of}${is_known ? '' : ' until Meta tells more'}`
}
