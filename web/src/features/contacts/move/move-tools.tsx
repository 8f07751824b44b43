/** Over the list: people in from a table, and out into one. */
import { useNavigate } from '@tanstack/react-router'
import { ArrowDownUp, Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button, buttonLook } from '@/shared/ui/button'
import { Menu } from '@/shared/ui/menu'
import { toast } from '@/shared/ui/toast'
import { wantedOf } from '../api'
import type { ContactsSearch } from '../search-params'
import { useExport, type Job } from './api'
import { JobDialog } from './job-dialog'

export function MoveTools({ search, businessId }: { search: ContactsSearch; businessId: string }) {
  const mayMove = useMay('contacts:move', businessId)
  const navigate = useNavigate()
  const begin = useExport()
  const [job, setJob] = useState<Job>()
  if (!mayMove) return null
  const bring = () => void navigate({ to: '/contacts/import', search: { business: businessId } })
  const take = () =>
    begin.mutate({ business_id: businessId, wanted: { ...wantedOf(search), within_km: 5 } }, {
      onSuccess: setJob,
      onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }),
    })
  return (
    <>
      <span className="hidden gap-3 two:flex">
        <Button onClick={bring}>
          <Upload aria-hidden className="size-4" />
          {t('Import')}
        </Button>
        <Button onClick={take} busy={begin.isPending}>
          <Download aria-hidden className="size-4" />
          {t('Export')}
        </Button>
      </span>
      <span className="two:hidden">
        <Menu
          label={t('Import and export')}
          align="end"
          entries={[
            { label: t('Import'), icon: Upload, onSelect: bring },
            { label: t('Export'), icon: Download, onSelect: take },
          ]}
          face={<ArrowDownUp aria-hidden className="size-4" />}
          buttonProps={{ 'aria-label': t('Import and export'), className: buttonLook('plain') }}
        />
      </span>
      {job !== undefined && <JobDialog job={job} title={t('Export')} onClose={() => setJob(undefined)} />}
    </>
  )
}
