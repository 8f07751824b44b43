/** What the number did today, whom it may still write to first, and what waits, with the reason. */
import { useQuery } from '@tanstack/react-query'
import { list, number } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { usageQuery, type Usage } from '../meta'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'

export function UsagePanel({ channelId }: { channelId: string }) {
  const query = useQuery(usageQuery(channelId))
  return (
    <Part query={query} what={t("today's use")}>
      {(usage) => (
        <Panel title={t('Today')}>
          <dl className="grid grid-cols-1 gap-x-8 gap-y-4 two:grid-cols-2">
            <Count name={t('Sent')}>{sentWords(usage)}</Count>
            <Count name={t('Written to first, in 24 hours')}>{peopleWords(usage.people)}</Count>
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
      <h3 className="text-sm font-semibold">{t('Waiting')}</h3>
      <ul aria-label={t('Waiting')} className="mt-1.5 grid grid-cols-1 gap-1 text-sm">
        {waiting.map(({ waits_for, count, text, next_at }) => (
          <li key={waits_for}>
            <span className="font-medium tabular-nums">{count}</span> · {text}
            {next_at !== null && <span className="text-soft">{t('Next at {time}.', { time: exactTime(next_at) })}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function sentWords({ sent }: Usage): string {
  const kinds = Object.entries(sent).filter(([, count]) => count > 0)
  if (kinds.length === 0) return t('Nothing yet')
  return list(kinds.map(([kind, count]) => `${number(count)} ${kindWords(kind)}`))
}

/** Meta's names of what a message is for. */
const KINDS: Record<string, () => string> = {
  service: () => t('service'),
  utility: () => t('utility'),
  marketing: () => t('marketing'),
  authentication: () => t('sign-in codes'),
}

const kindWords = (kind: string) => KINDS[kind.toLowerCase()]?.() ?? kind.toLowerCase().replaceAll('_', ' ')

function peopleWords({ reached, limit, is_known }: Usage['people']): string {
  if (limit === null) return t('{reached, plural, one {# person} other {# people}}, no limit', { reached })
  if (is_known) return t('{reached, plural, one {# person} other {# people}} of {limit}', { reached, limit: number(limit) })
  return t('{reached, plural, one {# person} other {# people}} of {limit} until Meta tells more', { reached, limit: number(limit) })
}
