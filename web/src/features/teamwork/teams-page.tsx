/** Teams and queues: who gets what, by hand or by turn, and how much each person takes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay, useMe } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Failed } from '@/shared/ui/notice'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Card, SettingsPage } from '@/shared/ui/settings-page'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { Switch } from '@/shared/ui/switch'
import { toast } from '@/shared/ui/toast'
import { AgentsCard } from './agents-card'
import { queuesQuery, saveQueue, teamsQuery, type NewTeam, type Queue, type Team } from './api'
import { NumberBox } from './number-box'
import { policies } from './policies'
import { TeamDialog } from './team-dialog'

export default function TeamsPage() {
  const teams = useQuery(teamsQuery)
  const queues = useQuery(queuesQuery)
  const { businesses } = useMe()
  const [edited, setEdited] = useState<NewTeam | null>(null)
  const failed = teams.error ?? queues.error
  return (
    <SettingsPage title={t('Teams and queues')} about={t('Who gets which conversations, and how many at once.')}>
      {failed !== null && <Failed what={t('The teams could not be loaded')} error={failed} retry={() => Promise.all([teams.refetch(), queues.refetch()])} />}
      {failed === null && (teams.data === undefined || queues.data === undefined) && (
        <Loading what={t('teams')}>
          <Skeleton className="h-40 rounded-2xl" />
        </Loading>
      )}
      {teams.data !== undefined &&
        queues.data?.data.map((queue) => (
          <BusinessCard
            key={queue.business_id}
            name={businesses.find(({ id }) => id === queue.business_id)?.name ?? ''}
            queue={queue}
            teams={teams.data.data.filter((team) => team.business_id === queue.business_id)}
            onEdit={setEdited}
          />
        ))}
      <AgentsCard />
      {edited !== null && <TeamDialog team={edited} onClose={() => setEdited(null)} />}
    </SettingsPage>
  )
}

interface CardProps {
  name: string
  queue: Queue
  teams: Team[]
  onEdit: (team: NewTeam) => void
}

function BusinessCard({ name, queue, teams, onEdit }: CardProps) {
  const mayWrite = useMay('business:write', queue.business_id)
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: saveQueue,
    onMutate: (next) =>
      client.setQueryData(queuesQuery.queryKey, (old) =>
        old === undefined ? old : { data: old.data.map((each) => (each.business_id === next.business_id ? next : each)) },
      ),
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: queuesQuery.queryKey }),
  })
  return (
    <Card title={name}>
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm">{t('What no team has is given out')}</p>
          {mayWrite ? (
            <SegmentedControl
              label={t('How {name} gives out what no team has', { name })}
              value={queue.policy}
              options={policies()}
              onChange={(policy) => save.mutate({ ...queue, policy })}
            />
          ) : (
            <p className="text-sm font-medium">{policies().find(([each]) => each === queue.policy)?.[1]}</p>
          )}
        </div>
        <NumberBox
          label={t('People are answered within (minutes)')}
          value={queue.answer_within_minutes}
          min={1}
          max={10_080}
          disabled={!mayWrite}
          onSave={(minutes) => save.mutate({ ...queue, answer_within_minutes: minutes })}
        />
        <Switch
          label={t('Whoever answers what nobody has, has it from then on')}
          checked={queue.answering_takes ?? true}
          disabled={!mayWrite}
          onChange={(takes) => save.mutate({ ...queue, answering_takes: takes })}
        />
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line empty:hidden">
          {teams.map((team) => (
            <li key={team.id} className="flex items-center justify-between gap-3 px-3 py-2">
              <span className="min-w-0">
                <bdi className="block truncate font-medium">{team.name}</bdi>
                <span className="text-xs text-soft">
                  {t('{count, plural, one {# person} other {# people}}', { count: team.member_ids?.length ?? 0 })}
                  {' · '}
                  {policies().find(([each]) => each === team.policy)?.[1]}
                </span>
              </span>
              {mayWrite && (
                <Button aria-label={t('Change {name}', { name: team.name })} onClick={() => onEdit(team)}>
                  {t('Change')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayWrite && (
          <Button className="justify-self-start" onClick={() => onEdit({ business_id: queue.business_id, name: '', policy: 'manual', member_ids: [] })}>
            <Plus aria-hidden className="size-4" />
            {t('Add a team')}
          </Button>
        )}
      </div>
    </Card>
  )
}
