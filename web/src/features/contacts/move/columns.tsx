/** What each column of the table is; guessed from what stands over it. */
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { identityName } from '@/shared/lib/person-words'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { attributesQuery, type Attribute } from '../api'
import { useCheck, type Job } from './api'

const COUNTRIES = ['AE', 'BH', 'BR', 'DE', 'EG', 'ES', 'FR', 'GB', 'IN', 'KW', 'MX', 'OM', 'QA', 'SA', 'TR', 'US']

export function Columns({ job }: { job: Job }) {
  const [columns, setColumns] = useState(job.mapping)
  const [country, setCountry] = useState('')
  const [proof, setProof] = useState('')
  const own = useQuery(attributesQuery(job.business_id)).data?.data ?? []
  const check = useCheck(job.id)
  const options = optionsOf(own)
  const names = new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'region' })
  function submit(event: SubmitEvent) {
    event.preventDefault()
    check.mutate({ columns, country: country === '' ? null : country, proof: proof.trim() || null, tag_ids: [] })
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-5">
      <ul aria-label={t('Columns')} className="grid gap-px overflow-hidden rounded-2xl border border-line bg-line">
        {job.columns.map((head, index) => (
          <li key={index} className="grid items-center gap-x-4 gap-y-2 bg-panel px-4 py-3 two:grid-cols-2">
            <div className="min-w-0">
              <p className="truncate font-medium" dir="auto">
                {head === '' ? t('Column {number}', { number: index + 1 }) : head}
              </p>
              <p className="truncate text-xs text-soft" dir="auto">
                {job.samples.map((row) => row[index]).filter(Boolean).slice(0, 3).join(' · ')}
              </p>
            </div>
            <Select label={t('What it is')} value={columns[index] ?? ''} options={options} onChange={(value) => setColumns(columns.map((each, at) => (at === index ? value : each)))} />
          </li>
        ))}
      </ul>
      <div className="grid gap-4 two:grid-cols-2">
        <Select
          label={t('Country of numbers without a code')}
          value={country}
          options={[['', t('All have one')], ...COUNTRIES.map((code): [string, string] => [code, names.of(code) ?? code])]}
          onChange={setCountry}
        />
        {columns.includes('consent') && (
          <Field label={t('What proves their consent')} value={proof} max={500} onChange={setProof} hint={t('Without it, nobody counts as having agreed.')} placeholder={t('Form at the door, May 2026')} />
        )}
      </div>
      {check.error !== null && (
        <p role="alert" className="text-sm text-bad-ink">
          {wordsFor(check.error)}
        </p>
      )}
      <Button look="main" type="submit" className="justify-self-end" busy={check.isPending}>
        {t('Check the rows')}
      </Button>
    </form>
  )
}

function optionsOf(own: Attribute[]): [string, string][] {
  return [
    ['', t('Leave out')],
    ['name', t('Name')],
    ['first_name', t('First name')],
    ['last_name', t('Last name')],
    ...(['phone', 'email', 'external_id', 'username', 'wa_user_id', 'ig_user_id', 'page_user_id'] as const).map((type): [string, string] => [type, identityName(type)]),
    ['company', t('Company')],
    ['language', t('Language')],
    ['time_zone', t('Time zone')],
    ['birthday', t('Birthday')],
    ['notes', t('Notes')],
    ['tags', t('Tags, with ; between them')],
    ['consent', t('Agreed to marketing (yes or no)')],
    ...own.map(({ key, name }): [string, string] => [`attribute:${key}`, name]),
  ]
}
