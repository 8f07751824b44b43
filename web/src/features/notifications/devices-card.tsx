/** The devices that are told: this one first, and how to add it. */
import { useQuery } from '@tanstack/react-query'
import { BellRing, Trash2 } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { useInstall } from '@/shared/pwa/install'
import { Badge } from '@/shared/ui/badge'
import { Button, IconButton } from '@/shared/ui/button'
import { Card } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { canPush, ownDigest, useRemoveDevice, useSubscribe, useTest, type Device, type PushSettings } from './api'

export function DevicesCard({ settings }: { settings: PushSettings }) {
  const { devices, key } = settings
  const own = useQuery({ queryKey: ['push', 'own', devices.length], queryFn: ownDigest, enabled: canPush(), networkMode: 'always' })
  const isHere = devices.some(({ digest }) => digest === own.data)
  const test = useTest()
  const install = useInstall()
  const sent = () => toast({ text: t('Sent. It comes in a few seconds.'), tone: 'good' })
  return (
    <Card
      title={t('Devices')}
      about={t('Each browser is asked once for its consent.')}
      foot={
        <>
          {install !== null && <Button onClick={install}>{t('Install Serai as an app')}</Button>}
          {devices.length > 0 && (
            <Button disabled={test.isPending} onClick={() => test.mutate(undefined, { onSuccess: sent })}>
              {t('Send a test')}
            </Button>
          )}
        </>
      }
    >
      {!isHere && <ThisDevice pushKey={key} />}
      {devices.length > 0 && (
        <ul className="mt-3 grid gap-2">
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} isThis={device.digest === own.data} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function ThisDevice({ pushKey }: { pushKey: string }) {
  const subscribe = useSubscribe(pushKey)
  if (!canPush()) {
    return <p className="text-sm text-soft">{t('This browser has no notifications for pages. On an iPhone, install Serai first: Share, then Add to Home Screen.')}</p>
  }
  if (Notification.permission === 'denied') {
    return <p className="text-sm text-bad-ink">{t('This browser was told to show no notifications of this page. Allow them in its settings, beside the address.')}</p>
  }
  return (
    <Button look="main" disabled={subscribe.isPending} onClick={() => subscribe.mutate()}>
      <BellRing aria-hidden className="size-4" />
      {t('Notify me on this device')}
    </Button>
  )
}

function DeviceRow({ device, isThis }: { device: Device; isThis: boolean }) {
  const remove = useRemoveDevice()
  const { id, name, reached_at: reachedAt } = device
  return (
    <li className="flex items-center gap-3 rounded-xl border border-line px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <bdi className="truncate">{name}</bdi>
          {isThis && <Badge tone="good">{t('This device')}</Badge>}
        </p>
        <p className="text-sm text-soft">
          {reachedAt === null ? t('Nothing was told yet') : t('Last told {time}', { time: exactTime(reachedAt) })}
        </p>
      </div>
      <IconButton label={t('Remove {name}', { name })} disabled={remove.isPending} onClick={() => remove.mutate(id)}>
        <Trash2 aria-hidden className="size-4.5" />
      </IconButton>
    </li>
  )
}
