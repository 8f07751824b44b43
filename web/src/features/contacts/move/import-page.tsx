/** People from a table in four steps: the file, what its columns are, what would become of each row, and the result. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, FileUp } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Button } from '@/shared/ui/button'
import { Progress } from '@/shared/ui/progress'
import { Select } from '@/shared/ui/select'
import type { ContactsSearch } from '../search-params'
import { jobQuery, useUpload, type Job } from './api'
import { Columns } from './columns'
import { Outcome } from './outcome'

interface Props {
  businesses: Business[]
  search: ContactsSearch
}

export function ImportPage({ businesses, search }: Props) {
  const [job, setJob] = useState<Job>()
  useEffect(() => {
    document.title = `${t('Import')} · Serai`
  }, [])
  return (
    <div className="mx-auto max-w-4xl px-4 py-5 two:px-6">
      <header className="mb-5 flex items-center gap-3">
        <Link to="/contacts" search={search as never} aria-label={t('All contacts')} className="grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken">
          <ArrowLeft aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </Link>
        <h1 className="text-xl font-bold tracking-tight">{t('Import contacts')}</h1>
      </header>
      {job === undefined ? <File businesses={businesses} selected={search.business} onUploaded={setJob} /> : <Steps first={job} onAgain={() => setJob(undefined)} />}
    </div>
  )
}

function Steps({ first, onAgain }: { first: Job; onAgain: () => void }) {
  const job = useQuery({ ...jobQuery(first.id), initialData: first }).data
  const step = job.state === 'uploaded' ? 2 : job.state === 'checking' || job.state === 'checked' ? 3 : 4
  return (
    <>
      <Trail step={step} />
      {step === 2 ? <Columns job={job} /> : <Outcome job={job} onAgain={onAgain} />}
    </>
  )
}

function Trail({ step }: { step: number }) {
  const names = [t('File'), t('Columns'), t('Check'), t('Done')]
  return (
    <ol className="mb-5 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {names.map((name, index) => (
        <li key={name} aria-current={index + 1 === step ? 'step' : undefined} className={cx('flex items-center gap-2', index + 1 === step ? 'font-semibold text-accent' : 'text-soft')}>
          <span aria-hidden className={cx('grid size-6 place-items-center rounded-full text-xs', index + 1 <= step ? 'bg-accent-fill text-on-accent' : 'bg-sunken')}>
            {index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  )
}

interface FileProps {
  businesses: Business[]
  selected: string | undefined
  onUploaded: (job: Job) => void
}

function File({ businesses, selected, onUploaded }: FileProps) {
  const [business, setBusiness] = useState(selected ?? businesses[0]?.id ?? '')
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const upload = useUpload(business)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file !== undefined) upload.mutate(file, { onSuccess: onUploaded })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <>
      <Trail step={1} />
      <div className="grid gap-4">
        {businesses.length > 1 && (
          <Select label={t('Business')} value={business} options={businesses.map((each) => [each.id, each.name])} onChange={setBusiness} />
        )}
        <div
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={cx('grid justify-items-center gap-2 rounded-2xl border-2 border-dashed p-10 text-center', over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-panel')}
        >
          <FileUp aria-hidden className="size-8 text-accent" />
          <p className="font-semibold">{t('Drop a table here')}</p>
          <p className="text-sm text-soft">{t('CSV or Excel, with a first row that names the columns. Up to 200,000 rows.')}</p>
          <input ref={input} type="file" accept=".csv,.txt,.xlsx" aria-label={t('Table of contacts')} className="sr-only" tabIndex={-1} onChange={(event) => take(event.target.files)} />
          <Button look="main" className="mt-2" busy={upload.isPending} onClick={() => input.current?.click()}>
            {t('Choose a file')}
          </Button>
        </div>
        {upload.isPending && <Progress label={t('Reading the table')} share={null} words={t('Reading the table')} />}
        {upload.error !== null && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(upload.error)}
          </p>
        )}
      </div>
    </>
  )
}
