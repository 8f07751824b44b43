/** The way to going live: what is done, what is next and what stands in its way, and the papers that Meta asks for. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Lock } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMay } from '@/shared/session/me'
import { Badge } from '@/shared/ui/badge'
import { Checkbox } from '@/shared/ui/checkbox'
import { Part } from '@/shared/ui/part'
import { Card } from '@/shared/ui/settings-page'
import { goLiveQuery, useMarkPaper, type GoLive } from '../api'

type Step = GoLive['steps'][number]

export function GoLiveTab({ id }: { id: string }) {
  const query = useQuery(goLiveQuery(id))
  return (
    <Part query={query} what={t('the way to going live')}>
      {(way) => (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Steps way={way} id={id} />
          <Papers id={id} papers={way.documents} />
        </div>
      )}
    </Part>
  )
}

function Steps({ way, id }: { way: GoLive; id: string }) {
  const done = way.steps.filter(({ state }) => state === 'done').length
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{way.is_live ? t('This business is live') : t('Steps to going live')}</h2>
        <Badge tone={way.is_live ? 'good' : 'lamp'}>{t('{done} of {all} done', { done, all: way.steps.length })}</Badge>
      </div>
      <div
        role="progressbar"
        aria-label={t('Steps done')}
        aria-valuemin={0}
        aria-valuemax={way.steps.length}
        aria-valuenow={done}
        className="mb-5 h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full rounded-full bg-good transition-[width]" style={{ width: `${(100 * done) / Math.max(1, way.steps.length)}%` }} />
      </div>
      <ol>
        {way.steps.map((step, index) => (
          <StepRow key={step.key} step={step} number={index + 1} isLast={index === way.steps.length - 1} />
        ))}
      </ol>
      <Link to="/channels" search={{ business: id }} className="mt-4 inline-block text-sm font-medium text-accent underline">
        {t('Go to its channels')}
      </Link>
    </Card>
  )
}

const STATES = {
  done: () => t('Done'),
  current: () => t('Next'),
  locked: () => t('Later'),
}

const MARKS = {
  done: 'bg-good-soft text-good-ink',
  current: 'bg-accent-fill text-on-accent',
  locked: 'bg-sunken text-faint',
}

function StepMark({ state, number }: { state: Step['state']; number: number }) {
  const face = { done: <Check className="size-3.5" />, current: number, locked: <Lock className="size-3" /> }
  return (
    <span aria-hidden className={cx('grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold', MARKS[state])}>
      {face[state]}
    </span>
  )
}

function StepRow({ step, number, isLast }: { step: Step; number: number; isLast: boolean }) {
  const { state, title, blocker, next_step } = step
  return (
    <li aria-current={state === 'current' ? 'step' : undefined} className={cx('relative flex gap-3.5', !isLast && 'pb-4')}>
      {!isLast && <span aria-hidden className="absolute start-3 top-7 bottom-1 w-px bg-line" />}
      <StepMark state={state} number={number} />
      <div className="min-w-0">
        <p className={cx('font-medium', state === 'locked' && 'text-soft')}>
          {title}
          <span className="sr-only"> · {STATES[state]()}</span>
        </p>
        {state === 'current' && (
          <>
            <p className="text-sm text-lamp-ink empty:hidden">{blocker}</p>
            <p className="text-sm text-soft empty:hidden">{next_step}</p>
          </>
        )}
      </div>
    </li>
  )
}

function Papers({ id, papers }: { id: string; papers: GoLive['documents'] }) {
  const mayChange = useMay('channels:write', id)
  const mark = useMarkPaper(id)
  if (papers.length === 0) return null
  return (
    <Card title={t('Papers')} about={t('What Meta may ask for while it verifies the business. Tick what you have at hand.')}>
      <ul className="grid gap-1">
        {papers.map(({ key, title, why, is_ready }) => (
          <li key={key}>
            <div className="py-2">
              <Checkbox
                label={<span className="font-medium">{title}</span>}
                about={why}
                checked={mark.isPending && mark.variables.key === key ? mark.variables.is_ready : is_ready}
                disabled={!mayChange}
                onChange={(isReady) => mark.mutate({ key, is_ready: isReady })}
              />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
