/** Each person who answers: whether they are here, what they have, and how much they take. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Card } from '@/shared/ui/settings-page'
import { toast } from '@/shared/ui/toast'
import { agentsQuery, saveAgent, type Agent } from './api'
import { NumberBox } from './number-box'

export function AgentsCard() {
  const { data } = useQuery(agentsQuery)
  if (data === undefined || data.data.length === 0) return null
  return (
    <Card title={t('People')} about={t('By turn nobody gets more than they take, and only who is here and available.')}>
      <ul className="grid gap-5">
        {data.data.map((agent) => (
          <Row key={agent.id} agent={agent} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ agent }: { agent: Agent }) {
  const me = useMe()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: saveAgent,
    onError: (error) => void toast({ text: wordsFor(error), tone: 'bad' }),
    onSettled: () => client.invalidateQueries({ queryKey: agentsQuery.queryKey }),
  })
  const options: [Agent['availability'], string][] = [
    ['available', t('Available')],
    ['busy', t('Busy')],
    ['away', t('Away')],
  ]
  return (
    <li className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar id={agent.id} name={agent.name} size="medium" presence={agent.is_here ? 'here' : 'away'} />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{agent.name}</bdi>
          <span className="text-xs text-soft">
            {agent.is_here ? t('Here now') : t('Not here')} · {t('{count} open', { count: agent.open_count })}
          </span>
        </span>
        {(agent.may_change || agent.id === me.id) && (
          <SegmentedControl
            label={t('Availability of {name}', { name: agent.name })}
            value={agent.availability}
            options={options}
            onChange={(availability) => save.mutate({ id: agent.id, availability })}
          />
        )}
      </div>
      <NumberBox
        label={t('{name} takes at most', { name: agent.name })}
        value={agent.capacity}
        min={0}
        max={1000}
        disabled={!agent.may_change}
        onSave={(capacity) => save.mutate({ id: agent.id, capacity })}
      />
    </li>
  )
}
