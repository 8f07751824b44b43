/** What one row was, and what it is now. */
import { Lock } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import type { Change } from './api'

export function ChangeDiff({ change }: { change: Change }) {
  const names = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])].sort()
  return (
    <section className="overflow-hidden rounded-xl border border-line bg-raised text-sm">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <Kind kind={change.kind} />
        <span className="font-medium">{change.table.replaceAll('_', ' ')}</span>
        <code dir="ltr" className="min-w-0 truncate font-mono text-xs text-faint">
          {change.id}
        </code>
      </header>
      <dl className="divide-y divide-line">
        {names.map((name) => (
          <div key={name} className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 two:grid-cols-[10rem_minmax(0,1fr)]">
            <dt className="text-xs leading-5 text-soft">{name.replaceAll('_', ' ')}</dt>
            <dd className="flex min-w-0 flex-wrap gap-x-2 gap-y-1 font-mono text-xs leading-5">
              {name in change.before && (
                <del className="rounded bg-bad-soft px-1.5 break-all text-bad-ink">
                  <span className="sr-only">{t('before:')} </span>
                  <bdi>{shown(change.before[name])}</bdi>
                </del>
              )}
              {name in change.after && (
                <ins className="rounded bg-good-soft px-1.5 break-all text-good-ink no-underline">
                  <span className="sr-only">{t('after:')} </span>
                  <bdi>{shown(change.after[name])}</bdi>
                </ins>
              )}
            </dd>
          </div>
        ))}
        {(change.hidden ?? []).map((name) => (
          <div key={name} className="grid gap-x-4 px-3 py-1.5 two:grid-cols-[10rem_minmax(0,1fr)]">
            <dt className="text-xs leading-5 text-soft">{name.replaceAll('_', ' ')}</dt>
            <dd className="flex items-center gap-1.5 text-xs leading-5 text-faint">
              <Lock aria-hidden className="size-3" />
              {t('changed, never shown')}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Kind({ kind }: { kind: Change['kind'] }) {
  if (kind === 'added') return <Badge tone="good">{t('Added')}</Badge>
  if (kind === 'removed') return <Badge tone="bad">{t('Removed')}</Badge>
  return <Badge tone="quiet">{t('Changed')}</Badge>
}

function shown(value: unknown): string {
  if (value === null) return t('nothing')
  if (value === '') return t('empty')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
