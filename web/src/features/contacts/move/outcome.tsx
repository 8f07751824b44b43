/** What would become of each row, then what became of it. */
import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button, buttonLook } from '@/shared/ui/button'
import { reportOf, useCancel, useStart, useUndoImport, type Job } from './api'
import { JobProgress } from './job-dialog'
import { Problems, problemsOf } from './problems'

export function Outcome({ job, onAgain }: { job: Job; onAgain: () => void }) {
  const [problem, setProblem] = useState<Error | null>(null)
  const written = job.counts['written'] ?? (job.counts['new'] ?? 0) + (job.counts['changed'] ?? 0)
  return (
    <div className="grid gap-5">
      {isBusy(job) && <JobProgress job={job} />}
      {job.state !== 'checking' && <Counts counts={job.counts} />}
      {job.state === 'checked' && problemsOf(job) > 0 && <Problems job={job} count={problemsOf(job)} />}
      <p role="status" className="text-sm text-soft">
        {stateWords(job, written)}
      </p>
      {problem !== null && (
        <p role="alert" className="text-sm text-bad-ink">
          {wordsFor(problem)}
        </p>
      )}
      <Acts job={job} written={written} onAgain={onAgain} onProblem={setProblem} />
    </div>
  )
}

const hasFile = ({ state }: Job) => state !== 'checking' && state !== 'cancelled'
const isBusy = (job: Job) => job.state === 'checking' || job.state === 'running'

interface ActsProps {
  job: Job
  written: number
  onAgain: () => void
  onProblem: (problem: Error) => void
}

function Acts({ job, written, onAgain, onProblem }: ActsProps) {
  const start = useStart(job.id)
  const cancel = useCancel(job.id)
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {hasFile(job) && (
        <a href={reportOf(job.id, 'all')} download className={buttonLook('plain')}>
          <Download aria-hidden className="size-4" />
          {t('Report of all rows')}
        </a>
      )}
      {isBusy(job) && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: onProblem })}>
          {t('Stop')}
        </Button>
      )}
      {job.state === 'checked' && (
        <>
          <Button onClick={onAgain}>{t('Another file')}</Button>
          <Button look="main" busy={start.isPending} disabled={written === 0} onClick={() => start.mutate(undefined, { onError: onProblem })}>
            {t('{written, plural, one {Import # person} other {Import # people}}', { written })}
          </Button>
        </>
      )}
      {!isBusy(job) && job.state !== 'checked' && <Afterwards job={job} onProblem={onProblem} />}
    </div>
  )
}

function Afterwards({ job, onProblem }: Pick<ActsProps, 'job' | 'onProblem'>) {
  const undo = useUndoImport(job.id)
  return (
    <>
      {(job.state === 'done' || (job.state === 'cancelled' && (job.counts['written'] ?? 0) > 0)) && (
        <Button busy={undo.isPending} onClick={() => undo.mutate(undefined, { onError: onProblem })}>
          {t('Undo the import')}
        </Button>
      )}
      <Link to="/contacts" search={{ business: job.business_id }} className={buttonLook('main')}>
        {t('See the contacts')}
      </Link>
    </>
  )
}

function stateWords(job: Job, written: number): string {
  switch (job.state) {
    case 'checked':
      return t('Nothing is written yet.')
    case 'done':
      return t('{written, plural, one {# person was taken in.} other {# people were taken in.}}', { written })
    case 'undone':
      return t('Undone: whom it made is archived, but for those who have written since.')
    case 'cancelled':
      return job.counts['written'] === undefined
        ? t('Stopped before anybody was taken in. The file is deleted.')
        : t('{written, plural, one {Stopped. # person was taken in and stays; the file is deleted.} other {Stopped. # people were taken in and stay; the file is deleted.}}', { written })
    default:
      return t('You may leave this page; it goes on.')
  }
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const titles: [string, string][] = [
    ['new', t('New')],
    ['changed', t('Changed')],
    ['same', t('As they were')],
    ['duplicate', t('Repeated')],
    ['invalid', t('Not readable')],
  ]
  return (
    <dl className="grid grid-cols-2 gap-3 two:grid-cols-5">
      {titles.map(([name, title]) => (
        <div key={name} className="rounded-2xl border border-line bg-panel px-4 py-3">
          <dt className="text-xs text-soft">{title}</dt>
          <dd className="text-2xl font-bold tabular-nums">{counts[name] ?? 0}</dd>
        </div>
      ))}
    </dl>
  )
}
