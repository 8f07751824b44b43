/** The way between Meta and here: what arrives, the token, the number's registration. */
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, RefreshCw, Wrench } from 'lucide-react'
import type { UseMutationResult } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { useRefresh, useRemoveOverride, useRepairWebhooks, webhooksQuery } from '../meta'
import type { Channel } from '../shapes'
import { tokenOf } from '../words'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'
import { PinPanel } from './pin-panel'
import { TokenForm } from './token-form'

export function ConnectionTab({ channel, now }: { channel: Channel; now: number }) {
  const mayChange = useMayChange()
  return (
    <div className="grid grid-cols-1 gap-5">
      <TokenPanel channel={channel} now={now} />
      <Webhooks channelId={channel.id} />
      {mayChange && <PinPanel channel={channel} />}
    </div>
  )
}

function TokenPanel({ channel, now }: { channel: Channel; now: number }) {
  const refresh = useRefresh(channel.id)
  const token = tokenOf(channel, now)
  const mayChange = useMayChange()
  return (
    <Panel
      title={t('Access')}
      about={t('The token with which this number is reached at Meta.')}
      tools={
        mayChange && (
          <Button disabled={refresh.isPending} onClick={() => refresh.mutate(undefined)}>
            <RefreshCw aria-hidden className="size-4" />
            {refresh.isPending ? t('Asking Meta…') : t('Ask Meta now')}
          </Button>
        )
      }
    >
      <p className="mb-4 flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={channel.status === 'reconnect' ? 'bad' : token.tone}>
          {channel.status === 'reconnect' ? t('No longer accepted') : token.words}
        </Badge>
        {channel.waiting_count > 0 && <span className="text-soft">{waitingWords(channel.waiting_count)}</span>}
      </p>
      <Failure mutation={refresh} />
      {mayChange && <TokenForm channel={channel} />}
    </Panel>
  )
}

const waitingWords = (count: number) =>
  t('{count, plural, one {One message waits and goes out then.} other {# messages wait and go out then.}}', { count })

function Webhooks({ channelId }: { channelId: string }) {
  const query = useQuery(webhooksQuery(channelId))
  const repair = useRepairWebhooks(channelId)
  const removeOverride = useRemoveOverride(channelId)
  const mayChange = useMayChange()
  return (
    <Part query={query} what={t('what it sends here')}>
      {(webhooks) => (
        <Panel
          title={t('What arrives here')}
          about={t('Meta tells this server of messages, receipts and news of the number.')}
          tools={
            mayChange && (
              <Button disabled={repair.isPending} onClick={() => repair.mutate(undefined)}>
                <Wrench aria-hidden className="size-4" />
                {repair.isPending ? t('Repairing…') : t('Repair')}
              </Button>
            )
          }
        >
          {webhooks.is_whole ? (
            <p role="status" className="flex items-center gap-2 text-sm font-medium text-good-ink">
              <CircleCheck aria-hidden className="size-4.5" />
              {t('Everything that Meta has to tell arrives.')}
            </p>
          ) : (
            <div role="status" className="flex items-start gap-2 rounded-xl bg-bad-soft px-3 py-2.5 text-sm text-bad-ink">
              <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0" />
              <div>
                <p className="font-semibold">{t('Missing:')}</p>
                <ul className="list-inside list-disc">
                  {webhooks.missing.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </div>
            </div>
          )}
          <dl className="mt-4 grid gap-3 text-sm">
            <Address name={t('Sent to')} value={webhooks.callback_url} />
            <Address name={t('Messages go elsewhere, to')} value={webhooks.override} />
          </dl>
          {mayChange && webhooks.override !== null && (
            <Button className="mt-3" disabled={removeOverride.isPending} onClick={() => removeOverride.mutate(undefined)}>
              {t('Send them here again')}
            </Button>
          )}
          <Failure mutation={repair} />
          <Failure mutation={removeOverride} />
        </Panel>
      )}
    </Part>
  )
}

function Address({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null
  return (
    <div>
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="font-medium break-all">
        <bdi dir="ltr">{value}</bdi>
      </dd>
    </div>
  )
}

function Failure({ mutation: { error } }: { mutation: Pick<UseMutationResult, 'error'> }) {
  if (error === null) return null
  return (
    <p role="alert" className="mt-3 text-sm text-bad-ink">
      {wordsFor(error)}
    </p>
  )
}
