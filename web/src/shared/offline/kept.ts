/**
 * What was seen last, kept on this device: so that the inbox opens at once, and without a network at all.
 *
 * Bounded, of one person, and gone when they sign out or somebody else signs in. Nothing else of the
 * API is kept: what is not in `KINDS` is asked for each time.
 */
import type { InfiniteData, Query, QueryClient, QueryKey } from '@tanstack/react-query'
import { clear, createStore, delMany, get, getMany, keys, set, setMany, type UseStore } from 'idb-keyval'
import { whenCalm } from '../lib/when-calm'
import { onForget } from './forget'

/** How many of each kind of query are kept; the ones that changed last. Of lists, the first page: 50 entries. */
const KINDS: Record<string, number> = { me: 1, channels: 1, conversations: 12, conversation: 200, messages: 200 }
/** So many times as many may be there before they are gone through: reading them costs a slow device much. */
const SLACK = 1.25
const WRITE_MS = 800
const OWNER = 'owner'
/** What belongs to a single conversation: hundreds of entries, of which the first view needs one or none. */
const OF_ONE = /^\["(conversation|messages)"/
/** Read together, between two frames. */
const AT_ONCE = 20
const REST_MS = 400
/** Older than that is told to nobody. */
const LASTS_MS = 7 * 24 * 60 * 60_000

interface Kept {
  key: QueryKey
  data: unknown
  at: number
}

let store: UseStore | null = null
const kept = (): UseStore => (store ??= createStore('serai', 'kept'))
const nameOf = (key: QueryKey) => JSON.stringify(key)
/** What was read from here need not be written here again. */
const restored = new Map<string, number>()
const isKept = ({ queryKey: [kind] }: Query) => typeof kind === 'string' && kind in KINDS

/**
 * Put what is kept where pages look for it; what was fetched meanwhile is newer and stays. Pages show it and ask again,
 * however young it is: nobody heard what changed since.
 */
export async function restoreKept(client: QueryClient): Promise<void> {
  const names = (await keys<string>(kept()).catch(() => [])).filter((name) => name !== OWNER)
  const isFirst = (name: string) => !OF_ONE.test(name) || location.pathname.endsWith(`/${(JSON.parse(name) as string[])[1]}`)
  await restore(client, names.filter(isFirst))
  const later = names.filter((name) => !isFirst(name))
  if (later.length > 0) whenCalm(() => void restoreLater(client, later), REST_MS)
}

async function restoreLater(client: QueryClient, names: string[]): Promise<void> {
  for (let from = 0; from < names.length; from += AT_ONCE) await restore(client, names.slice(from, from + AT_ONCE))
}

async function restore(client: QueryClient, names: string[]): Promise<void> {
  const since = Date.now() - LASTS_MS
  for (const value of await getMany<Kept | undefined>(names, kept()).catch(() => [])) {
    if (value === undefined || value.at < since) continue
    if (client.getQueryData(value.key) !== undefined) continue
    restored.set(nameOf(value.key), value.at)
    client.setQueryData(value.key, value.data, { updatedAt: value.at })
    void client.invalidateQueries({ queryKey: value.key, exact: true, refetchType: 'none' })
  }
}

/** From now on keep what is fetched, for this person; what another one left is dropped first. */
export function keepFor(client: QueryClient, owner: string): () => void {
  const changed = new Map<string, Query>()
  let callOff: (() => void) | undefined
  const write = () => {
    callOff = undefined
    const rows = Array.from(changed.values(), rowOf).filter((row) => row !== null)
    changed.clear()
    // A full or forbidden store costs the offline inbox, nothing else.
    void setMany(rows, kept()).then(tidy).catch(() => undefined)
  }
  const note = (query: Query) => {
    if (!isKept(query) || query.state.status !== 'success') return
    if (restored.get(nameOf(query.queryKey)) === query.state.dataUpdatedAt) return
    changed.set(query.queryHash, query)
    callOff ??= whenCalm(write, WRITE_MS)
  }
  const begin = async () => {
    if ((await get<string>(OWNER, kept())) === owner) return
    await clear(kept())
    await set(OWNER, owner, kept())
  }
  let stop: () => void = () => undefined
  let isOver = false
  void begin()
    .then(() => {
      if (isOver) return
      for (const query of client.getQueryCache().getAll()) note(query)
      stop = client.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated') note(query as Query)
      })
    })
    .catch(() => undefined)
  return () => {
    isOver = true
    stop()
    callOff?.()
  }
}

onForget(() => clear(kept()).catch(() => undefined))

/** null: not worth keeping. */
function rowOf({ queryKey, state }: Query): [string, Kept] | null {
  const [kind] = queryKey
  if (kind === 'conversations' && (queryKey[1] as { q?: string } | undefined)?.q !== undefined) return null
  return [nameOf(queryKey), { key: queryKey, data: firstPage(state.data), at: state.dataUpdatedAt }]
}

function firstPage(data: unknown): unknown {
  const { pages, pageParams } = (data ?? {}) as Partial<InfiniteData<unknown>>
  if (pages === undefined || pageParams === undefined) return data
  return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) }
}

/** Counted by their names alone; only kinds that have grown too large are read, for what changed longest ago. */
async function tidy(): Promise<void> {
  const names = (await keys<string>(kept())).filter((name) => name !== OWNER)
  for (const [kind, most] of Object.entries(KINDS)) {
    const own = names.filter((name) => (JSON.parse(name) as string[])[0] === kind)
    if (own.length <= most * SLACK) continue
    const rows = (await getMany<Kept | undefined>(own, kept())).map((value, place) => ({ name: own[place] ?? '', at: value?.at ?? 0 }))
    const surplus = rows.toSorted((a, b) => b.at - a.at).slice(most)
    await delMany(surplus.map(({ name }) => name), kept())
  }
}
