/** A holiday that lasts: one entry for each of its days, all closed and of one name. */
import { useState, type SubmitEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { WhenField } from '@/shared/ui/when-field'
import type { Special } from '../../api'
import { daysFrom, MOST_DAYS } from './week'

interface Props {
  onAdd: (days: Special[]) => void
  onClose: () => void
}

export function SeveralDays({ onAdd, onClose }: Props) {
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [name, setName] = useState('')
  const days = daysFrom(first, last)
  const isWhole = first !== '' && last !== ''
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (days.length > 0) onAdd(days.map((on) => ({ on, name: name.trim(), opens: null, closes: null })))
  }
  return (
    <Dialog title={t('Closed for several days')} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid gap-4 overflow-y-auto p-5">
          <div className="grid gap-4 two:grid-cols-2">
            <WhenField label={t('First day')} kind="date" value={first} required onChange={setFirst} />
            <WhenField
              label={t('Last day')}
              kind="date"
              value={last}
              required
              onChange={setLast}
              problem={isWhole && days.length === 0 ? t('Choose a day after the first, at most {count} days later.', { count: MOST_DAYS }) : null}
            />
          </div>
          <Field label={t('What it is')} value={name} onChange={setName} placeholder={t('Summer break')} hint={t('Each day can be changed afterwards.')} />
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="main" disabled={days.length === 0}>
            {days.length === 0 ? t('Add the days') : t('{count, plural, one {Add one day} other {Add # days}}', { count: days.length })}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
