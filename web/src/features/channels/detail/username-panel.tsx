/** The name by which people find the number in WhatsApp. */
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Part } from '@/shared/ui/part'
import { useRemoveUsername, useSetUsername, usernameQuery, type Username } from '../meta'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { LONGEST, problemOf } from './username'

export function UsernamePanel({ channelId }: { channelId: string }) {
  const query = useQuery(usernameQuery(channelId))
  return (
    <Part query={query} what={t('the username')}>
      {(username) => (
        <Panel title={t('Username')} about={t('People find the business by it and need no number.')}>
          <Now username={username} />
          <Form key={username.username} channelId={channelId} kept={username.username} />
        </Panel>
      )}
    </Part>
  )
}

const STATES: Record<string, () => string> = {
  reserved: () => t('in review'),
  approved: () => t('approved'),
}

function Now({ username: { username, status } }: { username: Username }) {
  if (username === null) return null
  return (
    <p className="mb-4 flex flex-wrap items-center gap-2 font-medium">
      <bdi dir="ltr">@{username}</bdi>
      {typeof status === 'string' && <Badge tone={status === 'approved' ? 'good' : 'lamp'}>{STATES[status]?.() ?? status}</Badge>}
    </p>
  )
}

/** What the server refuses of the name itself; everything else is no fault of the field. */
const REFUSALS: Record<string, () => string> = {
  username_taken: () => t('Somebody has this username. Choose another one.'),
  username_not_allowed: () => t('Meta does not allow this username. Choose another one.'),
}

function Form({ channelId, kept }: { channelId: string; kept: string | null }) {
  const [name, setName] = useState(kept ?? '')
  const [isAsked, setAsked] = useState(false)
  const set = useSetUsername(channelId)
  const remove = useRemoveUsername(channelId)
  const mayChange = useMayChange()
  const isBusy = set.isPending || remove.isPending
  const problem = isAsked ? (problemOf(name) ?? refusalOf(set, name)) : null

  function submit(event: SubmitEvent) {
    event.preventDefault()
    setAsked(true)
    if (problemOf(name) === null) set.mutate(name)
  }

  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayChange} className="grid grid-cols-1 gap-3">
        <Field
          label={t('Username')}
          dir="ltr"
          value={name}
          max={LONGEST}
          onChange={setName}
          problem={problem}
          hint={t('Small letters a to z, digits, dots and underscores. Meta looks at it before people see it.')}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button look="main" type="submit" disabled={isBusy || name === (kept ?? '')}>
            {set.isPending ? t('Asking Meta…') : t('Ask for it')}
          </Button>
          <GiveUp isShown={kept !== null} isBusy={isBusy} giveUp={() => remove.mutate(undefined)} />
          <Failure error={problem === null ? (remove.error ?? set.error) : null} />
        </div>
      </fieldset>
    </form>
  )
}

function GiveUp({ isShown, isBusy, giveUp }: { isShown: boolean; isBusy: boolean; giveUp: () => void }) {
  if (!isShown) return null
  return (
    <Button look="quiet" disabled={isBusy} onClick={giveUp}>
      {t('Give it up')}
    </Button>
  )
}

function Failure({ error }: { error: Error | null }) {
  if (error === null) return null
  return (
    <p role="alert" className="min-w-0 text-sm text-bad-ink">
      {wordsFor(error)}
    </p>
  )
}

function refusalOf({ error, variables: asked }: { error: Error | null; variables: string | undefined }, name: string): string | null {
  if (!(error instanceof Problem) || asked !== name) return null
  return REFUSALS[error.code]?.() ?? null
}
