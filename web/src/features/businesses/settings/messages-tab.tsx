/** What a business says by itself, and how each text looks to whoever gets it. */
import type { ReactNode, SubmitEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/t'
import { useDraft } from '@/shared/lib/use-draft'
import { useSettled } from '@/shared/lib/use-settled'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { SaveBar } from '@/shared/ui/save-bar'
import { Card } from '@/shared/ui/settings-page'
import { hoursQuery, previewQuery, useChangeBusiness, type BusinessDetail } from '../api'

const LONGEST = 1000
const SETTLE_MS = 300
const NEXT_OPENING = '{next_opening}'

interface Props {
  business: BusinessDetail
  mayChange: boolean
}

export function MessagesTab({ business, mayChange }: Props) {
  const { welcome, away, acknowledgement } = business
  const { value, isChanged, change, undo } = useDraft({ welcome, away, acknowledgement })
  const save = useChangeBusiness(business.id)
  const sample = useAwaySample(business.id, value.away ?? '')

  function submit(event: SubmitEvent) {
    event.preventDefault()
    save.mutate(value, { onSuccess: undo })
  }

  const text = (name: 'welcome' | 'away' | 'acknowledgement') => ({
    value: value[name] ?? '',
    onChange: (next: string) => change({ [name]: next === '' ? null : next }),
    max: LONGEST,
    long: true,
    disabled: !mayChange,
  })
  return (
    <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {business.always_human ? (
        <Text title={t('Acknowledgement')} about={t('Once per conversation, at once; then a person answers.')} shown={value.acknowledgement}>
          <Field label={t('Acknowledgement')} {...text('acknowledgement')} />
        </Text>
      ) : (
        <>
          <Text title={t('Welcome')} about={t('To the first message that somebody ever writes, while you are open.')} shown={value.welcome}>
            <Field label={t('Welcome text')} {...text('welcome')} />
          </Text>
          <Text title={t('Away')} about={t('Once while you are closed, unless a person has answered.')} shown={sample}>
            <Field label={t('Away text')} {...text('away')} />
            {mayChange && (
              <Button className="mt-2" onClick={() => change({ away: `${value.away ?? ''}${NEXT_OPENING}` })}>
                {t('Insert when it opens again')}
              </Button>
            )}
          </Text>
        </>
      )}
      {mayChange && <SaveBar isChanged={isChanged} mutation={save} onUndo={undo} />}
    </form>
  )
}

/** The away text as the next to write outside the saved hours would get it. */
function useAwaySample(id: string, written: string): string | null {
  const hours = useQuery(hoursQuery(id))
  const away = useSettled(written, SETTLE_MS)
  const trial = { weekly: [], exceptions: [], ...hours.data, away }
  const preview = useQuery({ ...previewQuery(id, trial), enabled: hours.data !== undefined && away !== '' })
  return away === '' ? null : (preview.data?.away?.text ?? null)
}

interface TextProps {
  title: string
  about: string
  /** Null: nothing is sent. */
  shown: string | null
  children: ReactNode
}

function Text({ title, about, shown, children }: TextProps) {
  return (
    <Card title={title} about={about}>
      <div className="grid grid-cols-1 gap-4 two:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">{children}</div>
        <figure className="min-w-0 rounded-xl bg-sunken p-3">
          <figcaption className="mb-2 text-xs font-medium text-soft">{t('As it arrives')}</figcaption>
          {shown === null || shown === '' ? (
            <p className="text-sm text-soft">{t('Nothing is sent.')}</p>
          ) : (
            <p dir="auto" className="rounded-2xl rounded-ss-sm bg-raised px-3 py-2 text-sm break-words whitespace-pre-wrap shadow-raised">
              {shown}
            </p>
          )}
        </figure>
      </div>
    </Card>
  )
}
