/** Settings > Notifications: this device, what to hear of, quiet hours, the other devices. */
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/t'
import { Failed } from '@/shared/ui/notice'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { Switch } from '@/shared/ui/switch'
import { pushQuery, useChoose, type Choices, type PushSettings } from './api'
import { DevicesCard } from './devices-card'
import { QuietCard } from './quiet-card'

export default function NotificationsPage() {
  const query = useQuery(pushQuery)
  return (
    <SettingsPage
      title={t('Notifications')}
      about={t('For you: what you hear of while no page of Serai is open, on which devices, and when not.')}
    >
      {query.data !== undefined ? (
        <Cards settings={query.data} />
      ) : query.isError ? (
        <Failed what={t('Your notifications could not be loaded')} error={query.error} retry={query.refetch} />
      ) : (
        <Loading what={t('Notifications')}>
          <Skeleton className="h-40 rounded-2xl" />
          <Skeleton className="h-56 rounded-2xl" />
        </Loading>
      )}
    </SettingsPage>
  )
}

function Cards({ settings }: { settings: PushSettings }) {
  const { mutate: choose } = useChoose()
  const { choices } = settings
  const change = (part: Partial<Choices>) => choose({ ...choices, ...part })
  return (
    <>
      <DevicesCard settings={settings} />
      <KindsCard choices={choices} change={change} />
      <QuietCard choices={choices} change={change} />
    </>
  )
}

export interface ChoiceProps {
  choices: Choices
  change: (part: Partial<Choices>) => void
}

function KindsCard({ choices, change }: ChoiceProps) {
  const kinds: { kind: Choices['kinds'][number]; label: string; about: string }[] = [
    { kind: 'assigned', label: t('Given to you'), about: t('Somebody, or a turn, makes a conversation yours.') },
    { kind: 'mention', label: t('You are mentioned'), about: t('A colleague names you in a note.') },
    { kind: 'mine', label: t('New messages in your conversations'), about: t('People write where you are the one who answers.') },
    { kind: 'unassigned', label: t('New messages that nobody has'), about: t('Of your team, or of all where there is no team.') },
  ]
  return (
    <Card title={t('What you hear of')}>
      <div className="grid gap-4">
        {kinds.map(({ kind, ...words }) => (
          <Switch
            key={kind}
            {...words}
            checked={choices.kinds.includes(kind)}
            onChange={(on) => change({ kinds: on ? [...choices.kinds, kind] : choices.kinds.filter((each) => each !== kind) })}
          />
        ))}
        <Switch
          label={t('Keep names and words out')}
          about={t('A notification then says only which business it is about.')}
          checked={choices.private}
          onChange={(on) => change({ private: on })}
        />
      </div>
    </Card>
  )
}
