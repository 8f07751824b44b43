/** Quiet hours: on which evenings they begin, from when to when, and what passes all the same. */
import { locale } from '@/shared/i18n/language'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Card } from '@/shared/ui/settings-page'
import { Switch } from '@/shared/ui/switch'
import { WhenField } from '@/shared/ui/when-field'
import type { ChoiceProps } from './notifications-page'

const DAYS = [0, 1, 2, 3, 4, 5, 6]
/** 1 January 2024 was a Monday. */
const nameOfDay = (day: number) =>
  new Date(Date.UTC(2024, 0, 1 + day)).toLocaleDateString(locale(), { weekday: 'short', timeZone: 'UTC' })

export function QuietCard({ choices, change }: ChoiceProps) {
  const isOn = choices.quiet_days.length > 0
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Card title={t('Quiet hours')} about={t('What comes meanwhile is told when they end, if nobody has read it by then.')}>
      <div className="grid gap-4">
        <Switch
          label={t('Have quiet hours')}
          checked={isOn}
          onChange={(on) => change({ quiet_days: on ? DAYS : [], time_zone: here })}
        />
        {isOn && (
          <>
            <fieldset>
              <legend className="mb-1.5 text-sm font-medium">{t('They begin on')}</legend>
              <div className="flex flex-wrap gap-1.5">
                {DAYS.map((day) => (
                  <DayButton
                    key={day}
                    day={day}
                    isOn={choices.quiet_days.includes(day)}
                    onToggle={(on) =>
                      change({ quiet_days: on ? [...choices.quiet_days, day] : choices.quiet_days.filter((each) => each !== day) })
                    }
                  />
                ))}
              </div>
            </fieldset>
            <div className="flex flex-wrap gap-3">
              <WhenField label={t('From')} kind="time" required value={choices.quiet_from} onChange={(at) => at !== '' && change({ quiet_from: at })} />
              <WhenField label={t('To')} kind="time" required value={choices.quiet_to} onChange={(at) => at !== '' && change({ quiet_to: at })} />
            </div>
            <p className="text-sm text-soft">
              {t('On the clock of')} <bdi dir="ltr">{choices.time_zone}</bdi>
            </p>
            <Switch
              label={t('What is for you alone passes')}
              about={t('Conversations given to you, mentions, and messages in your conversations.')}
              checked={choices.urgent_passes}
              onChange={(on) => change({ urgent_passes: on })}
            />
          </>
        )}
      </div>
    </Card>
  )
}

function DayButton({ day, isOn, onToggle }: { day: number; isOn: boolean; onToggle: (on: boolean) => void }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onToggle(!isOn)}
      className={cx(
        'h-9 min-w-12 rounded-lg border px-2.5 text-sm font-medium transition-colors',
        isOn ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong text-soft hover:bg-sunken',
      )}
    >
      {nameOfDay(day)}
    </button>
  )
}
