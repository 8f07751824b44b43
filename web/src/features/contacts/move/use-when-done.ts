/** Follows a change of many until it ends, then says what it did and offers the way back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { toast } from '@/shared/ui/toast'
import { keys } from '../api'
import { jobQuery, untilUndone, type Job } from './api'

/** Long enough to see what one did. */
const STAY_MS = 10_000

export function useWhenDone(begun: Job, onEnd: () => void): Job {
  const client = useQueryClient()
  const job = useQuery({ ...jobQuery(begun.id), initialData: begun }).data
  const { state } = job
  useEffect(() => {
    if (state === 'running') return
    const renew = () => {
      void client.invalidateQueries({ queryKey: keys.lists })
      void client.invalidateQueries({ queryKey: keys.tags })
    }
    const undo = () => {
      untilUndone(job.id).then(
        (undone) => {
          renew()
          toast({ text: t('{count, plural, one {Undone for # person} other {Undone for # people}}', { count: undone.done_count }), tone: 'good' })
        },
        (error: unknown) => void toast({ text: wordsFor(error), tone: 'bad' }),
      )
    }
    const changed = job.counts['changed'] ?? 0
    toast({ text: doneWords(job, changed), ms: STAY_MS, ...(changed > 0 && { action: { label: t('Undo'), onAct: undo } }) })
    renew()
    onEnd()
    // Once, when it has ended.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state])
  return job
}

function doneWords({ kind, state }: Job, count: number): string {
  if (count === 0) return t('They were like that already; nothing changed')
  if (state === 'cancelled') return t('{count, plural, one {Stopped. # person was changed} other {Stopped. # people were changed}}', { count })
  if (kind === 'archive') return t('{count, plural, one {# person archived} other {# people archived}}', { count })
  if (kind === 'untag') return t('{count, plural, one {Tag taken off # person} other {Tag taken off # people}}', { count })
  return t('{count, plural, one {# person tagged} other {# people tagged}}', { count })
}
