/** How somebody likes to answer: the time to undo, and the key that sends. */
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/t'
import { Failed } from '@/shared/ui/notice'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Skeleton } from '@/shared/ui/skeleton'
import { Switch } from '@/shared/ui/switch'
import { habitsQuery, useSetHabits } from './api'

const SECONDS = ['0', '3', '5', '10']

export default function AnsweringPage() {
  const { data, error, isPending, refetch } = useQuery(habitsQuery)
  const set = useSetHabits()
  return (
    <SettingsPage title={t('Answering')} about={t('For you, on every device.')}>
      {isPending && <Skeleton className="h-40 rounded-2xl" />}
      {error !== null && <Failed what={t('Your habits could not be loaded')} error={error} retry={refetch} />}
      {data !== undefined && (
        <>
          <Card title={t('Time to undo')} about={t('A message waits so long before it leaves. Until then you can take it back.')}>
            <SegmentedControl
              label={t('Time to undo')}
              value={String(data.undo_seconds ?? 5)}
              options={SECONDS.map((each): [string, string] => [each, each === '0' ? t('None') : t('{count} s', { count: each })])}
              onChange={(value) => set.mutate({ ...data, undo_seconds: Number(value) })}
            />
          </Card>
          <Card>
            <Switch
              label={t('Enter sends')}
              about={t('Shift + Enter starts a new line. Switched off, Enter starts a line, and Ctrl or ⌘ + Enter sends.')}
              checked={data.enter_sends ?? true}
              onChange={(checked) => set.mutate({ ...data, enter_sends: checked })}
            />
          </Card>
        </>
      )}
    </SettingsPage>
  )
}
