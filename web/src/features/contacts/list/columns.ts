/** What a list of people can show beside their names, and what somebody chose of it on this device. */
import { useSyncExternalStore } from 'react'
import { t } from '@/shared/i18n/t'
import { ownerOf, useMe } from '@/shared/session/me'
import type { Attribute } from '../api'
import type { Sort } from '../search-params'

export interface Column {
  name: string
  title: string
  /** Of a CSS grid. */
  width: string
  /** What the first press on its head orders by, and the second. */
  sorts?: [Sort, Sort]
}

const DEFAULT = ['number', 'tags', 'marketing', 'seen']
const OWN = 'own:'

/** All there are, in the order in which they stand. */
export function columnsOf(own: Attribute[]): Column[] {
  return [
    { name: 'number', title: t('Number or address'), width: 'minmax(0,1.2fr)' },
    { name: 'company', title: t('Company'), width: 'minmax(0,1fr)' },
    { name: 'tags', title: t('Tags'), width: 'minmax(0,1.2fr)' },
    { name: 'marketing', title: t('Marketing'), width: 'minmax(0,7rem)' },
    { name: 'language', title: t('Language'), width: 'minmax(0,6rem)' },
    { name: 'channels', title: t('Channels'), width: 'minmax(0,1fr)' },
    ...own.map(({ key, name }) => ({ name: OWN + key, title: name, width: 'minmax(0,1fr)' })),
    { name: 'added', title: t('Added'), width: 'minmax(0,5.5rem)', sorts: ['newest', 'oldest'] },
    { name: 'seen', title: t('Last seen'), width: 'minmax(0,5.5rem)', sorts: ['seen', 'seen_asc'] },
  ]
}

/** The key of an own field that a column shows. */
export const ownKeyOf = (name: string): string | undefined => (name.startsWith(OWN) ? name.slice(OWN.length) : undefined)

const listeners = new Set<() => void>()
const tell = () => listeners.forEach((each) => each())

function listen(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Names of those that are shown, and how to choose others; `undefined` for those that are shown if nobody chose. */
export function useChosenColumns(): [readonly string[], (names: string[] | undefined) => void] {
  const place = `serai.contact-columns.${ownerOf(useMe())}`
  const kept = useSyncExternalStore(listen, () => localStorage.getItem(place))
  const choose = (names: string[] | undefined) => {
    if (names === undefined) localStorage.removeItem(place)
    else localStorage.setItem(place, names.join('\n'))
    tell()
  }
  return [kept === null ? DEFAULT : kept.split('\n'), choose]
}
