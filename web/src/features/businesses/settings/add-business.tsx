/** A new business: by hand, or from a pack that brings its hours, texts, rules and templates. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { packsQuery, useAddBusiness, type NewBusiness } from '../api'
import { languages, sectorName, SECTORS } from './words'
import { ZoneField } from './zone-field'

const LONGEST_KEY = 60

export function AddBusiness({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const add = useAddBusiness()
  const packs = useQuery(packsQuery)
  const [value, setValue] = useState<NewBusiness>({
    key: '',
    name: '',
    sector: 'hospitality',
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: 'en',
    always_human: false,
  })
  const change = (part: Partial<NewBusiness>) => setValue((old) => ({ ...old, ...part }))
  const ready = packs.data?.data.filter(({ sector }) => sector === value.sector) ?? []

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const key = value.key === '' ? keyOf(value.name) : value.key
    add.mutate(
      { ...value, key },
      {
        onSuccess: ({ id }) => {
          onClose()
          void navigate({ to: '/settings/$section/$item', params: { section: 'businesses', item: id } })
        },
      },
    )
  }

  return (
    <Dialog title={t('Add a business')} onClose={onClose}>
      <form onSubmit={submit} className="grid grid-cols-1 gap-4 overflow-y-auto p-5">
        <Field label={t('Name')} value={value.name} max={120} required autoFocus onChange={(name) => change({ name })} />
        <div className="grid grid-cols-1 gap-4 two:grid-cols-2">
          <Select
            label={t('Sector')}
            value={value.sector}
            options={SECTORS.map((each) => [each, sectorName(each)])}
            onChange={(sector) => change({ sector: sector as NewBusiness['sector'] })}
          />
          <Select label={t('Language')} value={value.language ?? 'en'} options={languages()} onChange={(language) => change({ language })} />
        </div>
        <ZoneField value={value.time_zone} onChange={(time_zone) => change({ time_zone })} />
        <Field
          label={t('Short name')}
          value={value.key}
          placeholder={keyOf(value.name)}
          pattern="[a-z0-9\-]{2,60}"
          title={t('Small letters, digits and hyphens.')}
          hint={t('For the API and the command line. It cannot be changed later.')}
          onChange={(key) => change({ key })}
        />
        {ready.length > 0 && (
          <p className="rounded-xl bg-accent-soft px-3.5 py-2.5 text-sm">
            {t('A pack is ready for this sector. Install it afterwards, under Packs: it brings hours, texts, rules and templates.')}
          </p>
        )}
        {add.error !== null && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(add.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" disabled={add.isPending || value.name.trim() === ''}>
            {add.isPending ? t('Adding…') : t('Add')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function keyOf(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return plain.length < 2 ? 'business' : plain.slice(0, LONGEST_KEY)
}
