/** One team: its name, who is in it, and how it gives out what comes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Dialog } from '@/shared/ui/dialog'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { dropTeam, saveTeam, teamsQuery, type NewTeam } from './api'
import { policies } from './policies'

const ANSWERING = new Set(['owner', 'manager', 'agent'])

export function TeamDialog({ team, onClose }: { team: NewTeam; onClose: () => void }) {
  const [draft, setDraft] = useState(team)
  const client = useQueryClient()
  const done = { onSuccess: onClose, onSettled: () => client.invalidateQueries({ queryKey: teamsQuery.queryKey }) }
  const save = useMutation({ mutationFn: saveTeam, ...done })
  const drop = useMutation({ mutationFn: dropTeam, ...done })
  const error = save.error ?? drop.error
  const { id } = team
  return (
    <Dialog title={id === undefined ? t('New team') : t('Team')} onClose={onClose}>
      <form
        className="grid gap-4 overflow-y-auto p-5"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(draft)
        }}
      >
        <label className="grid gap-1.5 text-sm font-medium">
          {t('Name')}
          <input
            required
            autoFocus
            maxLength={60}
            dir="auto"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            className="h-10 rounded-lg border border-line-strong bg-raised px-3 text-base font-normal"
          />
        </label>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm font-medium">{t('Given out')}</span>
          <SegmentedControl label={t('Given out')} value={draft.policy ?? 'manual'} options={policies()} onChange={(policy) => setDraft({ ...draft, policy })} />
        </div>
        <Members draft={draft} onChange={setDraft} />
        {error !== null && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(error)}
          </p>
        )}
        <div className="flex flex-wrap justify-between gap-2">
          {id !== undefined ? (
            <Button look="quiet" disabled={drop.isPending} onClick={() => drop.mutate(id)}>
              {t('Remove the team')}
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" look="main" disabled={save.isPending}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Members({ draft, onChange }: { draft: NewTeam; onChange: (draft: NewTeam) => void }) {
  const colleagues = useQuery({
    queryKey: ['colleagues', draft.business_id],
    queryFn: () => answer(api.GET('/api/v1/colleagues', { params: { query: { business_id: draft.business_id } } })),
  })
  const members = draft.member_ids ?? []
  const able = (colleagues.data?.data ?? []).filter(({ role }) => ANSWERING.has(role))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">{t('Members')}</legend>
      {colleagues.data !== undefined && able.length === 0 && <p className="text-sm text-soft">{t('Nobody may answer at this business yet.')}</p>}
      {able.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={<bdi>{name}</bdi>}
          checked={members.includes(id)}
          onChange={(isIn) => onChange({ ...draft, member_ids: isIn ? [...members, id] : members.filter((each) => each !== id) })}
        />
      ))}
    </fieldset>
  )
}
