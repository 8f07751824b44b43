/** How a number stands: what needs doing first, then the facts. */
import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { told } from '@/shared/i18n/told'
import { cx } from '@/shared/lib/cx'
import { exactTime } from '@/shared/lib/times'
import { Badge } from '@/shared/ui/badge'
import type { Detail, Notice } from '../shapes'
import { ago, limitOf, qualityOf, tokenOf, type Tone } from '../words'
import { Panel } from './panel'
import { UsagePanel } from './usage-panel'

export function Overview({ channel, now }: { channel: Detail; now: number }) {
  const token = tokenOf(channel, now)
  return (
    <div className="grid grid-cols-1 gap-5">
      <Notices channel={channel} />
      <Panel title={t('At Meta')}>
        <dl className="grid gap-x-8 gap-y-4 two:grid-cols-2">
          {channel.whatsapp !== null && <NumberFacts number={channel.whatsapp} />}
          <Fact name={t('Display name')}>
            <DisplayName channel={channel} />
          </Fact>
          <Fact name={t('Speed')}>{t('{messages_per_second} messages a second', { messages_per_second: channel.messages_per_second })}</Fact>
          <Fact name={t('Access token')}>
            <Badge tone={token.tone}>{token.words}</Badge>
          </Fact>
          {Object.entries(channel.external_ids).map(([name, id]) => (
            <Fact key={name} name={ID_NAMES[name]?.() ?? name} about={name === ACCOUNT_ID ? (channel.account_name ?? undefined) : undefined}>
              <bdi dir="ltr" className="tabular-nums">
                {id}
              </bdi>
            </Fact>
          ))}
        </dl>
      </Panel>
      <UsagePanel channelId={channel.id} />
      <Panel title={t('Use')}>
        <dl className="grid gap-x-8 gap-y-4 two:grid-cols-2">
          <Fact name={t('Last received')}>{ago(channel.last_received_at, now)}</Fact>
          <Fact name={t('Last sent')}>{ago(channel.last_sent_at, now)}</Fact>
          <Fact name={t('Waiting to go out')}>{String(channel.waiting_count)}</Fact>
          <Fact name={t('Last error')}>{errorWords(channel)}</Fact>
          <Fact name={t('Connected since')}>{exactTime(channel.created_at)}</Fact>
        </dl>
      </Panel>
    </div>
  )
}

/** Meta's ids in words; those of a new kind are shown under Meta's own names until they have some. */
const ID_NAMES: Record<string, () => string> = {
  phone_number_id: () => t('Number at Meta'),
  waba_id: () => t('WhatsApp account'),
}
const ACCOUNT_ID = 'waba_id'

function NumberFacts({ number }: { number: NonNullable<Detail['whatsapp']> }) {
  const quality = qualityOf(number)
  return (
    <>
      <Fact name={t('Quality')} about={t('How people find what you write, over seven days.')}>
        <Badge tone={quality.tone}>{quality.words}</Badge>
      </Fact>
      <Fact name={t('May write first to')} about={t('People you may write to within 24 hours without having heard from them.')}>
        {limitOf(number)}
      </Fact>
    </>
  )
}

const NAME_STATES: Record<string, () => string> = {
  APPROVED: () => t('approved'),
  PENDING_REVIEW: () => t('in review'),
  DECLINED: () => t('declined'),
  EXPIRED: () => t('ended'),
  AVAILABLE_WITHOUT_REVIEW: () => t('in use without review'),
}

const NAME_TONES: Record<string, Tone> = { APPROVED: 'good', AVAILABLE_WITHOUT_REVIEW: 'good', DECLINED: 'bad', EXPIRED: 'bad' }

function DisplayName({ channel: { public_name: name, whatsapp, name: ours } }: { channel: Detail }) {
  const status = whatsapp?.name_status ?? null
  if (name === null) return t('{name} (Meta has not told its own yet)', { name: ours })
  return (
    <span className="flex flex-wrap items-center gap-2">
      <bdi>{name}</bdi>
      {status !== null && status !== 'NONE' && (
        <Badge tone={NAME_TONES[status] ?? 'lamp'}>{NAME_STATES[status]?.() ?? status.toLowerCase()}</Badge>
      )}
    </span>
  )
}

function errorWords({ last_error: error }: Detail): string {
  return error === null ? t('None') : `${told(error.words)} (${exactTime(error.at)})`
}

interface FactProps {
  name: string
  about?: string
  children: ReactNode
}

function Fact({ name, about, children }: FactProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="mt-0.5 font-medium break-words">{children}</dd>
      {about !== undefined && <dd className="mt-0.5 text-2xs text-faint">{about}</dd>}
    </div>
  )
}

const LEVELS: Record<Notice['level'], { Icon: LucideIcon; look: string }> = {
  critical: { Icon: CircleAlert, look: 'border-bad bg-bad-soft text-bad-ink' },
  warning: { Icon: TriangleAlert, look: 'border-transparent bg-lamp-soft text-lamp-ink' },
  informational: { Icon: Info, look: 'border-transparent bg-sunken text-soft' },
}

function Notices({ channel }: { channel: Detail }) {
  const notices = channel.notices.filter(({ ended_at }) => ended_at === null)
  if (notices.length === 0 && channel.state === 'active') {
    return (
      <p className="flex items-center gap-2 rounded-xl bg-good-soft px-4 py-3 text-sm font-medium text-good-ink">
        <CircleCheck aria-hidden className="size-4.5" />
        {t('All is well. Nothing needs to be done.')}
      </p>
    )
  }
  return (
    <ul aria-label={t('Notices')} className="grid gap-2">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
      {notices.length === 0 && (
        <li className={cx('rounded-xl border px-4 py-3 text-sm', LEVELS.critical.look)}>{channel.paused_reason}</li>
      )}
    </ul>
  )
}

function NoticeLine({ notice }: { notice: Notice }) {
  const { Icon, look } = LEVELS[notice.level]
  return (
    <li className={cx('flex items-start gap-2.5 rounded-xl border px-4 py-3 text-sm', look)}>
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-words">{told(notice.words)}</p>
        <p className="break-words">{told(notice.next_step)}</p>
      </div>
      <time dateTime={notice.at} className="shrink-0 text-2xs">
        {exactTime(notice.at)}
      </time>
    </li>
  )
}
