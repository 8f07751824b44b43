/** What narrows the list; all of it is in the address. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Button } from '@/shared/ui/button'
import { channelsQuery, tagsQuery } from '../api'
import type { ContactsSearch } from '../search-params'
import { consentWords } from '../words'

const REST_MS = 200
const FILTERS = ['q', 'tag', 'language', 'channel', 'consent', 'phone', 'quiet', 'archived'] as const

export const isFiltered = (search: ContactsSearch) => FILTERS.some((name) => search[name] !== undefined)

export function Filters({ search }: { search: ContactsSearch }) {
  const navigate = useNavigate()
  const set = (change: Partial<ContactsSearch>) =>
    void navigate({ to: '.', search: ((old: ContactsSearch) => ({ ...old, ...change })) as never, replace: true })
  return (
    <div className="flex flex-col gap-2 pb-3 two:flex-row two:flex-wrap two:items-center two:px-6">
      <div className="px-4 two:px-0">
        <Words q={search.q} onSettle={(q) => set({ q })} />
      </div>
      <div className="flex items-center gap-2 overflow-x-auto px-4 py-0.5 two:contents">
      <Choices search={search} set={set} />
      {isFiltered(search) && (
        <Button look="quiet" onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}>
          <X aria-hidden className="size-4" />
          {t('Clear')}
        </Button>
      )}
      </div>
    </div>
  )
}

interface Setting {
  search: ContactsSearch
  set: (change: Partial<ContactsSearch>) => void
}

function Choices({ search, set }: Setting) {
  const tags = useQuery(tagsQuery).data?.data ?? []
  const channels = useQuery(channelsQuery).data?.data ?? []
  const ours = <Row extends { business_id: string }>(rows: Row[]) =>
    rows.filter(({ business_id: business }) => search.business === undefined || business === search.business)
  return (
    <>
      <Choice label={t('Tag')} value={search.tag} onChange={(tag) => set({ tag })} options={ours(tags).map(({ id, name }) => [id, name])} />
      <Choice
        label={t('Marketing')}
        value={search.consent}
        onChange={(consent) => set({ consent: consent as ContactsSearch['consent'] })}
        options={(['yes', 'no', 'unknown'] as const).map((said) => [said, consentWords(said)])}
      />
      <Choice label={t('Channel')} value={search.channel} onChange={(channel) => set({ channel })} options={ours(channels).map(({ id, name }) => [id, name])} />
      <Choice
        label={t('Language')}
        value={search.language}
        onChange={(language) => set({ language })}
        options={['en', 'ar', 'es', 'fr', 'de', 'hi', 'pt', 'tr'].map((code) => [code, languageName(code)])}
      />
      <Choice
        label={t('Phone')}
        value={search.phone}
        onChange={(phone) => set({ phone: phone as ContactsSearch['phone'] })}
        options={[['yes', t('With a number')], ['no', t('Without a number')]]}
      />
      <Choice
        label={t('Quiet')}
        value={search.quiet?.toString()}
        onChange={(days) => set({ quiet: days === undefined ? undefined : Number(days) })}
        options={[7, 30, 90, 365].map((days) => [String(days), t('{days} days or more', { days })])}
      />
      <Choice
        label={t('Shown')}
        none={t('Not archived')}
        value={search.archived === true ? 'archived' : undefined}
        onChange={(shown) => set({ archived: shown === undefined ? undefined : true })}
        options={[['archived', t('Archived')]]}
      />
      <Choice
        label={t('Sort')}
        none={t('Last seen first')}
        value={search.sort}
        onChange={(sort) => set({ sort: sort as ContactsSearch['sort'] })}
        options={[['newest', t('Newest first')], ['name', t('By name')]]}
      />
    </>
  )
}

export function languageName(code: string): string {
  return new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(code) ?? code
}

interface ChoiceProps {
  label: string
  /** What is chosen while nothing is. */
  none?: ReactNode
  value: string | undefined
  options: [string, string][]
  onChange: (value: string | undefined) => void
}

function Choice({ label, none, value, options, onChange }: ChoiceProps) {
  if (options.length === 0) return null
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      className={cx(
        'h-control max-w-44 truncate rounded-lg border px-2.5 text-sm',
        value === undefined ? 'border-line bg-raised text-soft' : 'border-accent bg-accent-soft font-medium text-accent',
      )}
    >
      <option value="">{none ?? label}</option>
      {options.map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
}

function Words({ q, onSettle }: { q: string | undefined; onSettle: (q: string | undefined) => void }) {
  const [text, setText] = useState(q ?? '')
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim()
    if (wanted === q) return
    const timer = setTimeout(() => onSettle(wanted), REST_MS)
    return () => clearTimeout(timer)
  }, [text, q, onSettle])
  return (
    <div role="search" className="relative w-full two:w-72">
      <Search aria-hidden className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-faint" />
      <input
        type="search"
        aria-label={t('Search contacts')}
        placeholder={t('Name, number or e-mail')}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-control w-full rounded-lg border border-line bg-raised ps-9 pe-3 text-sm placeholder:text-faint"
      />
    </div>
  )
}
