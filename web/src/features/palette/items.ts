/** What the palette offers, and which of it fits what somebody types. */
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import type { ShortcutName } from '@/shared/keys/shortcuts'

export type Group = 'recent' | 'here' | 'pages' | 'businesses' | 'settings' | 'look' | 'other'

export interface Item {
  /** Its own among all, and the same the next time. */
  id: string
  group: Group
  label: string
  about?: string
  mark: ReactNode
  /** More words that find it. */
  words?: string
  shortcut?: ShortcutName
  run: () => void
}

export const GROUPS: Record<Group, () => string> = {
  recent: () => t('Recent'),
  here: () => t('Here'),
  pages: () => t('Go to'),
  businesses: () => t('Businesses'),
  settings: () => t('Settings'),
  look: () => t('Look and language'),
  other: () => t('Serai'),
}

/** Shown before anybody types, in this order; the rest is found by typing. */
const AT_FIRST: readonly Group[] = ['recent', 'here', 'pages', 'businesses', 'other']
const MOST_FOUND = 9

export interface Shown {
  group: Group
  items: Item[]
}

/** By group while nothing is typed; else those that fit, the best first, in groups in the order of their best. */
export function shownOf(items: Item[], typed: string): Shown[] {
  const words = folded(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return grouped(AT_FIRST.flatMap((first) => items.filter(({ group }) => group === first)))
  const ranked = items
    .filter(({ group }) => group !== 'recent')
    .map((item) => ({ item, rank: rankOf(item, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
  return grouped(ranked.slice(0, MOST_FOUND).map(({ item }) => item))
}

function grouped(items: Item[]): Shown[] {
  const groups = new Map<Group, Item[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  return Array.from(groups, ([group, all]) => ({ group, items: all }))
}

/** 0: a word is missing. The beginning of the label counts most, then of a word of it, then other words, then insides. */
function rankOf({ label, words = '', about = '' }: Item, typed: string[]): number {
  const [name, more] = [folded(label), folded(`${words} ${about}`)]
  const ranks = typed.map((word) => {
    if (name.startsWith(word)) return 8
    if (` ${name}`.includes(` ${word}`)) return 6
    if (` ${more}`.includes(` ${word}`)) return 3
    return name.includes(word) ? 2 : 0
  })
  return ranks.includes(0) ? 0 : ranks.reduce((sum: number, rank) => sum + rank, 0)
}

/** Small letters without marks, so that "cafe" finds "Café", and Arabic is found without its vowels. */
export function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[أإآ]/g, 'ا').replace(/ى/g, 'ي')
}
