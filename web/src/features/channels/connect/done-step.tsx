/** The last step: what was done, what still has to be, and a first message to try it. */
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleMinus, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Panel } from '../detail/panel'
import type { Connected } from './api'
import { TestMessage } from './test-message'

const MARKS: Record<Connected['steps'][number]['state'], [LucideIcon, string, () => string]> = {
  done: [CircleCheck, 'text-good-ink', () => t('Done')],
  skipped: [CircleMinus, 'text-soft', () => t('Not needed')],
  failed: [CircleAlert, 'text-bad-ink', () => t('Failed')],
}

/** What each step did, or did not need to do; one that failed says so in Meta's words. */
const SAID: Record<string, () => string> = {
  'account done': () => t('The account tells the app of its messages.'),
  'webhooks done': () => t('Meta sends here what people write.'),
  'register done': () => t('The number is registered. Keep the PIN.'),
  'register skipped': () => t('The number is registered already.'),
  'history done': () => t('The phone app sends its contacts and history.'),
}

export function DoneStep({ connected }: { connected: Connected }) {
  const isWhole = connected.state === 'connected'
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel title={isWhole ? t('The number is connected') : t('The number is connected, but something is missing')}>
        <ul aria-label={t('What was done')} className="grid gap-2.5">
          {connected.steps.map(({ key, state, words }) => {
            const [Icon, tone, name] = MARKS[state]
            return (
              <li key={key} className="flex items-start gap-2 text-sm">
                <Icon role="img" aria-label={name()} className={cx('mt-0.5 size-4.5 shrink-0', tone)} />
                <span className="min-w-0 break-words">{SAID[`${key} ${state}`]?.() ?? words}</span>
              </li>
            )
          })}
        </ul>
      </Panel>
      <TestMessage channelId={connected.channel_id} />
      <div className="flex flex-wrap gap-2">
        <Link
          to="/channels/$channelId"
          params={{ channelId: connected.channel_id }}
          search={({ business }) => (isWhole ? { business } : { business, tab: 'connection' })}
          className="inline-flex h-10 items-center rounded-lg bg-accent-fill px-4 text-sm font-medium text-on-accent hover:bg-accent-hover"
        >
          {isWhole ? t('See the number') : t('Mend what is missing')}
        </Link>
      </div>
    </div>
  )
}
