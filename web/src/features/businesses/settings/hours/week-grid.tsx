/** The week: a row for each day, with as many openings as it has. */
import { Copy, Plus } from 'lucide-react'
import { useContext, useState } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Button, IconButton } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { ClosePopover, Popover } from '@/shared/ui/popover'
import type { Interval } from '../../api'
import { weekdayName } from '../words'
import { OpeningFields } from './opening-fields'
import { copied, dayOf, withOpening, type Clash } from './week'

const DAYS = [0, 1, 2, 3, 4, 5, 6]

interface Props {
  weekly: Interval[]
  clashes: Clash[]
  mayChange: boolean
  onChange: (weekly: Interval[]) => void
}

export function WeekGrid({ weekly, clashes, mayChange, onChange }: Props) {
  return (
    <div className="divide-y divide-line">
      {DAYS.map((day) => (
        <DayRow key={day} day={day} weekly={weekly} clashes={clashes} mayChange={mayChange} onChange={onChange} />
      ))}
    </div>
  )
}

function DayRow({ day, weekly, clashes, mayChange, onChange }: Props & { day: number }) {
  const openings = dayOf(weekly, day)
  const name = weekdayName(day)
  return (
    <div
      role="group"
      aria-label={name}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0 two:grid-cols-[7.5rem_minmax(0,1fr)_auto]"
    >
      <p className={cx('flex h-10 items-center font-medium', openings.length === 0 && 'text-soft')}>{name}</p>
      <div className="col-span-2 row-start-2 grid gap-2 empty:hidden two:col-span-1 two:col-start-2 two:row-start-1">
        {openings.length === 0 && <p className="flex items-center text-sm text-soft two:h-10">{t('Closed')}</p>}
        {openings.map(({ interval, index }, nth) => (
          <OpeningFields
            key={index}
            span={interval}
            of={`${name} ${nth + 1}`}
            day={name}
            clash={clashes.find((each) => each.index === index)}
            disabled={!mayChange}
            onChange={(span) => onChange(weekly.with(index, { ...interval, ...span }))}
            onRemove={() => onChange(weekly.toSpliced(index, 1))}
          />
        ))}
      </div>
      {mayChange && (
        <div className="flex">
          <IconButton label={t('Add an opening on {name}', { name })} onClick={() => onChange(withOpening(weekly, day))}>
            <Plus aria-hidden className="size-4" />
          </IconButton>
          <CopyMenu day={day} name={name} onCopy={(days) => onChange(copied(weekly, day, days))} />
        </div>
      )}
    </div>
  )
}

function CopyMenu({ day, name, onCopy }: { day: number; name: string; onCopy: (days: number[]) => void }) {
  const label = t('Copy {name} to other days', { name })
  return (
    <Popover
      face={<Copy aria-hidden className="size-4" />}
      buttonProps={{
        'aria-label': label,
        title: label,
        className: 'inline-grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink',
      }}
      label={label}
      align="end"
      className="w-56 p-3"
    >
      <CopyForm day={day} onCopy={onCopy} />
    </Popover>
  )
}

function CopyForm({ day, onCopy }: { day: number; onCopy: (days: number[]) => void }) {
  const close = useContext(ClosePopover)
  const others = DAYS.filter((each) => each !== day)
  const [chosen, setChosen] = useState(others.filter((each) => each < 5))
  const isAll = chosen.length === others.length
  return (
    <>
      <div className="mb-1 flex items-center justify-between">
        <p className="text-sm font-medium">{t('Copy to')}</p>
        <Button look="quiet" className="-me-2 h-7 px-2" onClick={() => setChosen(isAll ? [] : others)}>
          {isAll ? t('None') : t('All days')}
        </Button>
      </div>
      {others.map((each) => (
        <div key={each} className="px-1 py-1 text-sm">
          <Checkbox
            label={weekdayName(each)}
            checked={chosen.includes(each)}
            onChange={(on) => setChosen(on ? [...chosen, each] : chosen.filter((one) => one !== each))}
          />
        </div>
      ))}
      <Button
        look="main"
        className="mt-2 w-full"
        disabled={chosen.length === 0}
        onClick={() => {
          onCopy(chosen)
          close()
        }}
      >
        {t('Copy')}
      </Button>
    </>
  )
}
