/** Over the list: people in from a table, and out into one. */
import { Link } from '@tanstack/react-router'
import { Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button, buttonLook } from '@/shared/ui/button'
import { toast } from '@/shared/ui/toast'
import { wantedOf } from '../api'
import type { ContactsSearch } from '../search-params'
import { useExport, type Job } from './api'
import { JobDialog } from './job-dialog'

export function MoveTools({ search, businessId }: { search: ContactsSearch; businessId: string }) {
  const mayMove = useMay('contacts:move', businessId)
  const begin = useExport()
  const [job, setJob] = useState<Job>()
  if (!mayMove) return null
  const act = () =>
    begin.mutate({ business_id: businessId, wanted: { ...wantedOf(search), within_km: 5 } }, {
      onSuccess: setJob,
      onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
    })
  return (
    <>
      <Link to="/contacts/import" search={{ business: businessId }} className={buttonLook('plain')}>
        <Upload aria-hidden className="size-4" />
        {t('Import')}
      </Link>
      <Button onClick={act} busy={begin.isPending}>
        <Download aria-hidden className="size-4" />
        {t('Export')}
      </Button>
      {job !== undefined && <JobDialog job={job} title={t('Export')} onClose={() => setJob(undefined)} />}
    </>
  )
}
