/** One number: whether it works, how good Meta finds it, what it may do, when it was last used. */
import { Link } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { told } from '@/shared/i18n/told'
import { cx } from '@/shared/lib/cx'
import { exactTime } from '@/shared/lib/times'
import { BusinessMark } from '@/shared/ui/arch'
import type { Channel } from '../shapes'
import { StatusDot } from '../status-dot'
import { ago, healthOf, limitOf, qualityOf, stateWords } from '../words'

interface Props {
  channel: Channel
  business: Business | undefined
  now: number
}

export function ChannelCard({ channel, business, now }: Props) {
  const health = healthOf(channel)
  return (
    <Link
      to="/channels/$channelId"
      params={{ channelId: channel.id }}
      search={(old) => ({ business: old.business })}
      className={cx(
        'block h-full rounded-2xl border bg-raised p-4 transition-shadow hover:shadow-raised',
        health === 'broken' ? 'border-bad' : 'border-line',
      )}
    >
      <div className="flex items-start gap-3">
        {business !== undefined && <BusinessMark business={business} />}
        <div className="min-w-0 flex-1">
          <h2 dir="auto" className="truncate font-semibold">
            {channel.public_name ?? channel.name}
          </h2>
          <p className="flex gap-1 text-sm text-soft">
            <bdi dir="ltr" className="max-w-full shrink-0 truncate tabular-nums">
              {channel.address}
            </bdi>
            {business !== undefined && (
              <>
                <span aria-hidden>·</span>
                <span dir="auto" className="truncate">
                  {business.name}
                </span>
              </>
            )}
          </p>
        </div>
        <span className={cx('flex shrink-0 items-center gap-1.5 text-xs font-medium', health === 'broken' ? 'text-bad-ink' : 'text-soft')}>
          <StatusDot health={health} />
          {stateWords(channel)}
        </span>
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-2.5 text-sm">
        {channel.whatsapp !== null && (
          <>
            <Fact name={t('Quality')}>{qualityOf(channel.whatsapp).words}</Fact>
            <Fact name={t('May write first to')}>{limitOf(channel.whatsapp)}</Fact>
          </>
        )}
        <Fact name={t('Last received')}>{ago(channel.last_received_at, now)}</Fact>
        <Fact name={t('Last sent')}>{ago(channel.last_sent_at, now)}</Fact>
      </dl>
      <Trouble channel={channel} isBroken={health === 'broken'} />
    </Link>
  )
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-faint">{name}</dt>
      <dd className="truncate font-medium">{children}</dd>
    </div>
  )
}

/** The last thing that went wrong; red only where it stops the number. */
function Trouble({ channel: { last_error: error, paused_reason }, isBroken }: { channel: Channel; isBroken: boolean }) {
  const words = error?.words ?? paused_reason
  if (words === null) return null
  return (
    <p className={cx('mt-3 flex items-start gap-1.5 border-t border-line pt-3 text-xs', isBroken ? 'text-bad-ink' : 'text-soft')}>
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span className="line-clamp-2 min-w-0 flex-1 break-words">{told(words)}</span>
      {error !== null && (
        <time dateTime={error.at} className="shrink-0 text-faint">
          {exactTime(error.at)}
        </time>
      )}
    </p>
  )
}
