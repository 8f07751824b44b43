/** When a business is open: its week, the days that differ, and how the next two weeks look under both. */
import { useQuery } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { useDraft } from '@/shared/lib/use-draft'
import { Part } from '@/shared/ui/part'
import { SaveBar } from '@/shared/ui/save-bar'
import { Card } from '@/shared/ui/settings-page'
import { hoursQuery, useSetHours, type BusinessDetail, type Hours } from '../../api'
import { Exceptions } from './exceptions'
import { Preview } from './preview'
import { clashes, inOrder, specialClashes } from './week'
import { WeekGrid } from './week-grid'

interface Props {
  business: BusinessDetail
  mayChange: boolean
}

export function HoursTab({ business, mayChange }: Props) {
  const query = useQuery(hoursQuery(business.id))
  return (
    <Part query={query} what={t('the opening hours')}>
      {(hours) => <HoursForm business={business} hours={hours} mayChange={mayChange} />}
    </Part>
  )
}

function HoursForm({ business, hours, mayChange }: Props & { hours: Hours }) {
  const { value, isChanged, change, undo } = useDraft(hours)
  const save = useSetHours(business.id)
  const wrong = clashes(value.weekly)
  const wrongDays = specialClashes(value.exceptions)
  const isSound = wrong.length === 0 && wrongDays.length === 0

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isSound) save.mutate({ weekly: inOrder(value.weekly), exceptions: value.exceptions }, { onSuccess: undo })
  }

  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Card title={t('Every week')} about={t('On the clock of {zone}.', { zone: business.time_zone.replaceAll('_', ' ') })}>
        <WeekGrid weekly={value.weekly} clashes={wrong} mayChange={mayChange} onChange={(weekly) => change({ weekly })} />
      </Card>
      <Card title={t('Days that differ')} about={t('Holidays and special openings take the place of the week.')}>
        <Exceptions
          exceptions={value.exceptions}
          clashes={wrongDays}
          mayChange={mayChange}
          onChange={(exceptions) => change({ exceptions })}
        />
      </Card>
      <Preview businessId={business.id} hours={value} isSound={isSound} isSaved={!isChanged} />
      {mayChange && (
        <div className="sticky bottom-0 -mx-1 rounded-t-xl bg-paper/95 px-1 py-3">
          <SaveBar isChanged={isChanged && isSound} mutation={save} onUndo={undo} />
        </div>
      )}
    </form>
  )
}
