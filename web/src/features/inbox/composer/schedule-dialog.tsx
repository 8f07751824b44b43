/** When to say it: a time that is one press away, or any other; refused at once if it could not go then. */
import { Clock } from 'lucide-react'
import { useState } from 'react'
import { serverNow } from '@/shared/api/server-clock'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { exactTime, HOUR } from '@/shared/lib/times'
import { Button } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { WhenField } from '@/shared/ui/when-field'
import { atClock, wallClock, wallClockIn } from './wall-clock'

interface Props {
  /** The words that will go. */
  text: string
  /** null: it is over, or has no end. */
  closesAt: string | null
  /** Of the business, such as Asia/Muscat. */
  businessZone: string | undefined
  dueAt?: string
  unlessAnswered?: boolean
  onSave: (dueAt: string, unlessAnswered: boolean) => Promise<unknown>
  onClose: () => void
}

function presets(): [string, number][] {
  const now = serverNow()
  const all: [string, number][] = [
    [t('In an hour'), now + HOUR],
    [t('In three hours'), now + 3 * HOUR],
    [t('This evening'), atClock(now, 0, 18)],
    [t('Tomorrow morning'), atClock(now, 1, 9)],
    [t('Monday morning'), atClock(now, ((8 - new Date(now).getDay()) % 7) || 7, 9)],
  ]
  return all.filter(([, at]) => at > now)
}

export default function ScheduleDialog({ text, closesAt, businessZone, dueAt, unlessAnswered = false, onSave, onClose }: Props) {
  const [at, setAt] = useState(() => wallClock(dueAt === undefined ? serverNow() + HOUR : Date.parse(dueAt)))
  const [unless, setUnless] = useState(unlessAnswered)
  const [problem, setProblem] = useState<string | null>(null)
  const [saves, setSaves] = useState(false)

  async function save() {
    setSaves(true)
    try {
      await onSave(new Date(at).toISOString(), unless)
      onClose()
    } catch (error) {
      setProblem(wordsFor(error))
      setSaves(false)
    }
  }
  return (
    <Dialog title={t('Send later')} onClose={onClose}>
      <form
        className="contents"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div className="grid gap-4 overflow-y-auto p-5">
          <p dir="auto" className="line-clamp-3 rounded-xl bg-sunken px-3.5 py-2.5 text-sm whitespace-pre-line">
            {text}
          </p>
          <Presets at={at} closesAt={closesAt} onChoose={(ms) => setAt(wallClock(ms))} />
          <WhenField
            kind="datetime-local"
            label={t('When')}
            value={at}
            onChange={setAt}
            hint={clockWords(at, businessZone)}
            problem={problem}
            required
          />
          <Checkbox
            label={t('Not if they write first')}
            about={t('Then it is cancelled, and their message is yours to answer.')}
            checked={unless}
            onChange={setUnless}
          />
          {closesAt !== null && (
            <p className="flex items-center gap-1.5 text-xs text-soft">
              <Clock aria-hidden className="size-3.5" />
              {t('Free replies end {when}. After that only a template can be scheduled.', { when: exactTime(closesAt) })}
            </p>
          )}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="main" type="submit" busy={saves} disabled={at === ''}>
            {t('Schedule')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** On which clock: theirs who writes, and the business's where that shows another time. */
function clockWords(at: string, businessZone: string | undefined): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const mine = t('On your clock, {zone}.', { zone: zone.replaceAll('_', ' ') })
  const date = new Date(at)
  if (businessZone === undefined || Number.isNaN(date.getTime())) return mine
  const there = wallClockIn(businessZone, date)
  return there === wallClockIn(zone, date) ? mine : `${mine} ${t('At the business it is {time} then.', { time: there })}`
}

function Presets({ at, closesAt, onChoose }: { at: string; closesAt: string | null; onChoose: (ms: number) => void }) {
  return (
    <div role="group" aria-label={t('Times')} className="flex flex-wrap gap-2">
      {presets().map(([words, ms]) => (
        <Button
          key={words}
          aria-pressed={wallClock(ms) === at}
          disabled={closesAt !== null && ms > Date.parse(closesAt)}
          title={exactTime(new Date(ms).toISOString())}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
          onClick={() => onChoose(ms)}
        >
          {words}
        </Button>
      ))}
    </div>
  )
}
