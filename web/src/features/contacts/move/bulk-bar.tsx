/** At the foot of the list: what to do with everybody who is chosen. */
import { useQuery } from '@tanstack/react-query'
import { Archive, Tag, X } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button, buttonLook, IconButton } from '@/shared/ui/button'
import { Menu } from '@/shared/ui/menu'
import { toast } from '@/shared/ui/toast'
import { tagsQuery, wantedOf } from '../api'
import type { Chosen } from '../list/use-chosen'
import type { ContactsSearch } from '../search-params'
import { useBulk, type BulkIn, type Job } from './api'
import { JobDialog } from './job-dialog'

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
  if (!mayWrite) return null
  const number = chosen.all ? count : chosen.ids.size
  const act = (kind: BulkIn['kind'], tagIds: string[] = []) =>
    bulk.mutate(
      { business_id: businessId, kind, tag_ids: tagIds, ...(chosen.all ? { wanted: { ...wantedOf(search), within_km: 5 } } : { ids: [...chosen.ids] }) },
      { onSuccess: setJob, onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }) },
    )
  return (
    <div role="region" aria-label={t('What to do with them')} className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2.5 shadow-raised two:px-6">
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
      {job !== undefined && (
        <JobDialog
          job={job}
          title={t('Changing many people')}
          onClose={() => {
            setJob(undefined)
            chosen.clear()
          }}
        />
      )}
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
