/** What narrows the list; all of it is in the address. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { t } from '@/shared/i18n/t'
import { FilterChips, type Filter } from '@/shared/ui/filter-chips'
import { SearchBox } from '@/shared/ui/search-box'
import { attributesQuery, channelsQuery, tagsQuery, type Attribute } from '../api'
import { SORTS, type ContactsSearch, type Sort } from '../search-params'
import { consentWords } from '../words'

const FILTERS = ['q', 'tag', 'language', 'channel', 'consent', 'phone', 'quiet', 'archived', 'own'] as const
/** Cleared with the chips; what was searched for has a way back of its own. */
const CHIPS = ['tag', 'language', 'channel', 'consent', 'phone', 'quiet', 'archived', 'own', 'sort'] as const
const LANGUAGES = ['en', 'ar', 'es', 'fr', 'de', 'hi', 'pt', 'tr']
const OWN = 'own:'
const QUIET_DAYS = [7, 30, 90, 365]

export const isFiltered = (search: ContactsSearch) => FILTERS.some((name) => search[name] !== undefined)

export function Filters({ search }: { search: ContactsSearch }) {
  const navigate = useNavigate()
  const set = useCallback(
    (change: Partial<ContactsSearch>, replace = false) =>
      void navigate({ to: '.', search: ((old: ContactsSearch) => ({ ...old, ...change })) as never, replace }),
    [navigate],
  )
  const find = useCallback((q: string | undefined) => set({ q }, true), [set])
  return (
    <div className="grid gap-2.5 px-4 pb-3 two:flex two:items-start two:gap-3 two:px-6">
      <SearchBox
        label={t('Search contacts')}
        placeholder={t('Name, number or e-mail')}
        value={search.q}
        onSettle={find}
        className="two:w-72 two:shrink-0"
      />
      <FilterChips
        filters={useFilters(search)}
        onChange={(name, value) => set(name.startsWith(OWN) ? { own: withOwn(search.own, name.slice(OWN.length), value) } : { [name]: meant(name, value) })}
        onClear={() => set(Object.fromEntries(CHIPS.map((name) => [name, undefined])))}
      />
    </div>
  )
}

/** One field at a time; nothing chosen is nothing in the address. */
function withOwn(own: string[] = [], key: string, value: string | undefined): string[] | undefined {
  const others = own.filter((each) => !each.startsWith(`${key}:`))
  const all = value === undefined ? others : [...others, `${key}:${value}`]
  return all.length === 0 ? undefined : all
}

/** What the address keeps of a choice. */
function meant(name: string, value: string | undefined): string | number | boolean | undefined {
  if (value === undefined) return undefined
  if (name === 'quiet') return Number(value)
  return name === 'archived' ? true : value
}

/** Fields of which it is known what they can say. */
function ownFilters(fields: Attribute[], own: string[] = []): Filter[] {
  return fields
    .filter(({ type }) => type === 'choice' || type === 'boolean')
    .map(({ key, name, type, choices }) => ({
      name: OWN + key,
      title: name,
      value: own.find((each) => each.startsWith(`${key}:`))?.slice(key.length + 1),
      options: type === 'boolean' ? [['true', t('Yes')], ['false', t('No')]] : choices.map((each): [string, string] => [each, each]),
    }))
}

function useFilters(search: ContactsSearch): Filter[] {
  const fields = useQuery({ ...attributesQuery(search.business ?? ''), enabled: search.business !== undefined }).data?.data ?? []
  const tags = useQuery(tagsQuery).data?.data ?? []
  const channels = useQuery(channelsQuery).data?.data ?? []
  const ours = (rows: { id: string; name: string; business_id: string }[]): [string, string][] =>
    rows.filter(({ business_id: business }) => search.business === undefined || business === search.business).map(({ id, name }) => [id, name])
  const filters: Filter[] = [
    { name: 'tag', title: t('Tag'), value: search.tag, options: ours(tags) },
    {
      name: 'consent',
      title: t('Marketing'),
      value: search.consent,
      options: (['yes', 'no', 'unknown'] as const).map((said) => [said, consentWords(said)]),
    },
    { name: 'channel', title: t('Channel'), value: search.channel, options: ours(channels) },
    { name: 'language', title: t('Language'), value: search.language, options: LANGUAGES.map((code) => [code, languageName(code)]) },
    { name: 'phone', title: t('Phone'), value: search.phone, options: [['yes', t('With a number')], ['no', t('Without a number')]] },
    {
      name: 'quiet',
      title: t('Quiet'),
      value: search.quiet?.toString(),
      options: QUIET_DAYS.map((days) => [String(days), t('{days} days or more', { days })]),
    },
    ...ownFilters(fields, search.own),
    { name: 'archived', title: t('Archived'), value: search.archived === true ? 'yes' : undefined, options: [['yes', t('only')]] },
    { name: 'sort', title: t('Sort'), value: search.sort, options: SORTS.filter((each) => each !== 'seen').map((each) => [each, sortWords(each)]) },
  ]
  return filters.filter(({ options }) => options.length > 0)
}

function sortWords(sort: Sort): string {
  return {
    seen: t('Seen last'), seen_asc: t('Quiet longest'), newest: t('Newest first'), oldest: t('Oldest first'), name: t('By name'), name_desc: t('By name, backwards'),
  }[sort]
}

export function languageName(code: string): string {
  return new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(code) ?? code
}
