/** The days that differ from the week: closed, or open at other times. What is over is folded away. */
import { CalendarPlus, CalendarRange, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { WhenField } from '@/shared/ui/when-field'
import type { Special } from '../../api'
import { dayName } from '../words'
import { OpeningFields } from './opening-fields'
import { SeveralDays } from './several-days'
import type { Clash } from './week'

interface Props {
  exceptions: Special[]
  clashes: Clash[]
  mayChange: boolean
  onChange: (exceptions: Special[]) => void
}

type Kind = 'closed' | 'open'
const SPECIAL = { opens: '10:00', closes: '14:00' }
const CLOSED = { opens: null, closes: null }

export function Exceptions({ exceptions, clashes, mayChange, onChange }: Props) {
  const [addsSeveral, setAddsSeveral] = useState(false)
  const today = new Date().toISOString().slice(0, 10)
  const listed = exceptions.map((special, index) => ({ special, index }))
  const isOver = ({ special }: (typeof listed)[number]) => special.on !== '' && special.on < today
  const row = ({ special, index }: (typeof listed)[number]) => (
    <Row
      key={index}
      special={special}
      number={index + 1}
      clash={clashes.find((each) => each.index === index)}
      disabled={!mayChange}
      onChange={(next) => onChange(exceptions.with(index, next))}
      onRemove={() => onChange(exceptions.toSpliced(index, 1))}
    />
  )
  const over = listed.filter(isOver)
  return (
    <div className="grid gap-3">
      {exceptions.length === 0 && <p className="text-sm text-soft">{t('No day differs yet. Add public holidays, so that nobody waits for an answer.')}</p>}
      <div className="grid gap-3">{listed.filter((each) => !isOver(each)).map(row)}</div>
      {over.length > 0 && (
        <details>
          <summary className="cursor-pointer text-sm text-soft">
            {t('{count, plural, one {One day that is over} other {# days that are over}}', { count: over.length })}
          </summary>
          <div className="mt-3 grid gap-3">{over.map(row)}</div>
        </details>
      )}
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => onChange([...exceptions, { on: '', name: '', ...CLOSED }])}>
            <CalendarPlus aria-hidden className="size-4" />
            {t('Add a day')}
          </Button>
          <Button onClick={() => setAddsSeveral(true)}>
            <CalendarRange aria-hidden className="size-4" />
            {t('Several days')}
          </Button>
        </div>
      )}
      {addsSeveral && (
        <SeveralDays
          onClose={() => setAddsSeveral(false)}
          onAdd={(days) => {
            onChange([...exceptions, ...days])
            setAddsSeveral(false)
          }}
        />
      )}
    </div>
  )
}

interface RowProps {
  special: Special
  number: number
  clash: Clash | undefined
  disabled: boolean
  onChange: (special: Special) => void
  onRemove: () => void
}

function Row({ special, number, clash, disabled, onChange, onRemove }: RowProps) {
  const { on, name, opens, closes } = special
  const isOpen = typeof opens === 'string' && typeof closes === 'string'
  const day = on === '' ? t('day {number}', { number }) : dayName(on)
  return (
    <div role="group" aria-label={name === '' ? day : `${day} ${name}`} className="grid gap-3 rounded-xl border border-line bg-panel p-3">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3 two:grid-cols-[10rem_minmax(0,1fr)_auto]">
        <WhenField label={t('Date')} kind="date" value={on} required disabled={disabled} onChange={(next) => onChange({ ...special, on: next })} />
        <div className="col-span-2 row-start-2 two:col-span-1 two:col-start-2 two:row-start-1">
          <Field
            label={t('What it is')}
            value={name}
            placeholder={t('National Day')}
            disabled={disabled}
            onChange={(next) => onChange({ ...special, name: next })}
          />
        </div>
        {!disabled && (
          <IconButton label={t('Remove {day}', { day })} onClick={onRemove} className="mt-7">
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
      <fieldset disabled={disabled} className="flex flex-wrap items-start gap-3">
        <SegmentedControl<Kind>
          label={t('On this day')}
          value={isOpen ? 'open' : 'closed'}
          options={[
            ['closed', t('Closed')],
            ['open', t('Other hours')],
          ]}
          onChange={(kind) => onChange({ ...special, ...(kind === 'open' ? SPECIAL : CLOSED) })}
        />
        {isOpen && (
          <OpeningFields
            span={{ opens, closes }}
            of={day}
            day={day}
            clash={clash}
            disabled={disabled}
            onChange={(span) => onChange({ ...special, ...span })}
          />
        )}
      </fieldset>
    </div>
  )
}
