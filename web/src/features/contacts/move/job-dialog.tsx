/** How far something is that is done to many people. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, buttonLook } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Progress } from '@/shared/ui/progress'
import { keys } from '../api'
import { fileOf, jobQuery, useCancel, type Job } from './api'

export function JobDialog({ job, title, onClose }: { job: Job; title: string; onClose: () => void }) {
  const now = useQuery({ ...jobQuery(job.id), initialData: job }).data
  const cancel = useCancel(job.id)
  const client = useQueryClient()
  const isDone = now.state === 'done'
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: keys.lists })
  }, [isDone, client])
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="grid gap-3 p-5">
        <JobProgress job={now} />
        {isDone && <p role="status">{t('{count, plural, one {# person is done.} other {# people are done.}}', { count: now.done_count })}</p>}
        {now.state === 'cancelled' && <p role="status">{t('Stopped. What was done stays done.')}</p>}
      </div>
      <DialogFoot>
        {now.state === 'running' && (
          <Button look="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t('Stop')}
          </Button>
        )}
        {isDone && now.kind === 'export' && (
          <>
            <a href={fileOf(job.id, 'xlsx')} download className={buttonLook('plain')}>
              <Download aria-hidden className="size-4" />
              Excel
            </a>
            <a href={fileOf(job.id, 'csv')} download className={buttonLook('main')}>
              <Download aria-hidden className="size-4" />
              CSV
            </a>
          </>
        )}
        {now.kind !== 'export' && (
          <Button look="main" onClick={onClose}>
            {t('Close')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}

export function JobProgress({ job }: { job: Job }) {
  const share = job.state === 'done' ? 1 : job.total_count === 0 || job.state === 'checking' ? null : job.done_count / job.total_count
  const words = t('{done} of {total}', { done: job.done_count, total: job.total_count })
  return <Progress label={t('How far it is')} share={share} words={job.state === 'checking' ? t('Looking at each row') : words} />
}
