/** At the foot of the list: what to do with everybody who is chosen, how far it is, and the way back. */
import { useQuery } from '@tanstack/react-query'
import { Archive, Tag, X } from 'lucide-react'
import { useCallback, useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button, buttonLook, IconButton } from '@/shared/ui/button'
import { Menu } from '@/shared/ui/menu'
import { Progress } from '@/shared/ui/progress'
import { toast } from '@/shared/ui/toast'
import { tagsQuery, wantedOf } from '../api'
import type { Chosen } from '../list/use-chosen'
import type { ContactsSearch } from '../search-params'
import { useBulk, useCancel, type BulkIn, type Job } from './api'
import { useWhenDone } from './use-when-done'

interface Props {
  chosen: Chosen
  /** How many fit the filter. */
  count: number
  search: ContactsSearch
  /** Whose people these are: one business at a time. */
  businessId: string
}

export function BulkBar({ chosen, count, search, businessId }: Props) {
  const mayWrite = useMay('contacts:write', businessId)
  const bulk = useBulk()
  const [job, setJob] = useState<Job>()
  const { clear } = chosen
  const onEnd = useCallback(() => {
    setJob(undefined)
    clear()
  }, [clear])
  if (!mayWrite) return null
  if (job !== undefined) return <Doing job={job} onEnd={onEnd} />
  const number = chosen.all ? count : chosen.ids.size
  const act = (kind: BulkIn['kind'], tagIds: string[] = []) =>
    bulk.mutate(
      { business_id: businessId, kind, tag_ids: tagIds, ...(chosen.all ? { wanted: { ...wantedOf(search), within_km: 5 } } : { ids: [...chosen.ids] }) },
      { onSuccess: setJob, onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }) },
    )
  return (
    <div role="region" aria-label={t('What to do with them')} className={BAR}>
      <p className="me-auto text-sm font-medium tabular-nums" role="status">
        {t('{number, plural, one {# chosen} other {# chosen}}', { number })}
        {!chosen.all && count > number && (
          <button type="button" onClick={chosen.takeAll} className="ms-2 font-semibold text-accent underline">
            {t('Choose all {count}', { count })}
          </button>
        )}
      </p>
      <TagMenu businessId={businessId} label={t('Tag')} onPick={(tag) => act('tag', [tag])} />
      <TagMenu businessId={businessId} label={t('Take off a tag')} onPick={(tag) => act('untag', [tag])} />
      <Button onClick={() => act('archive')} busy={bulk.isPending}>
        <Archive aria-hidden className="size-4" />
        {t('Archive')}
      </Button>
      <IconButton label={t('Choose nobody')} onClick={chosen.clear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}

const BAR = 'flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2.5 shadow-raised two:px-6'

/** While it is done: in a moment for some, in a minute for a hundred thousand. */
function Doing({ job: begun, onEnd }: { job: Job; onEnd: () => void }) {
  const job = useWhenDone(begun, onEnd)
  const cancel = useCancel(job.id)
  const words = t('{done} of {total}', { done: job.done_count, total: job.total_count })
  return (
    <div role="region" aria-label={t('What to do with them')} className={BAR}>
      <div className="min-w-40 flex-1">
        <Progress label={t('How far it is')} share={job.total_count === 0 ? null : job.done_count / job.total_count} words={words} />
      </div>
      <Button look="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        {t('Stop')}
      </Button>
    </div>
  )
}

function TagMenu({ businessId, label, onPick }: { businessId: string; label: string; onPick: (tag: string) => void }) {
  const tags = useQuery(tagsQuery).data?.data.filter((each) => each.business_id === businessId) ?? []
  if (tags.length === 0) return null
  return (
    <Menu
      label={label}
      side="top"
      align="end"
      entries={tags.map((tag) => ({ label: tag.name, onSelect: () => onPick(tag.id) }))}
      face={
        <>
          <Tag aria-hidden className="size-4" />
          {label}
        </>
      }
      buttonProps={{ className: buttonLook('plain') }}
    />
  )
}
