/** Which people of the list are chosen: some by hand, or all that fit the filter, also those that are not loaded. */
import { useState } from 'react'
import type { ContactsSearch } from '../search-params'

export interface Chosen {
  /** By hand. */
  ids: ReadonlySet<string>
  /** All that fit the filter. */
  all: boolean
  some: boolean
  has: (id: string) => boolean
  toggle: (id: string) => void
  setMany: (ids: string[], on: boolean) => void
  takeAll: () => void
  clear: () => void
}

const NONE: ReadonlySet<string> = new Set()

export function useChosen(search: ContactsSearch): Chosen {
  const [ids, setIds] = useState(NONE)
  const [all, setAll] = useState(false)
  const filter = JSON.stringify({ ...search, sort: undefined })
  const [chosenIn, setChosenIn] = useState(filter)
  function clear() {
    setIds(NONE)
    setAll(false)
  }
  // Another filter shows other people: what was chosen before could not be seen any more.
  if (chosenIn !== filter) {
    setChosenIn(filter)
    clear()
  }
  function setMany(many: string[], on: boolean) {
    const next = new Set(ids)
    for (const id of many) if (on) next.add(id); else next.delete(id)
    setIds(next)
    setAll(false)
  }
  return {
    ids,
    all,
    some: all || ids.size > 0,
    has: (id) => all || ids.has(id),
    toggle: (id) => setMany([id], !ids.has(id)),
    setMany,
    takeAll: () => setAll(true),
    clear,
  }
}
