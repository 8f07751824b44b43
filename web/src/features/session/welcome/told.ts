/** What the server told the browser behind the `#` when it came back from elsewhere; taken out of the address at once. */
import type { Factor } from '../api'

const FACTORS: readonly Factor[] = ['code', 'passkey', 'recovery']

export interface Told {
  next: 'done' | 'second_factor' | null
  factors: Factor[]
  problem: string
  /** A page of ours. */
  to: string
}

/** Kept for a second drawing of the same page, which finds the address clean. */
let taken: Told | null = null

export function takeTold(): Told {
  if (location.hash.length > 1) {
    taken = read(location.hash.slice(1))
    history.replaceState(history.state, '', location.pathname)
  }
  return taken ?? read('')
}

export function read(fragment: string): Told {
  const told = new URLSearchParams(fragment)
  const next = told.get('next')
  const named = (told.get('factors') ?? '').split(',')
  return {
    next: next === 'done' || next === 'second_factor' ? next : null,
    factors: FACTORS.filter((factor) => named.includes(factor)),
    problem: told.get('problem') ?? '',
    to: ownPage(told.get('to')),
  }
}

/** Anybody can write a link to this page: it leads to no other site. */
function ownPage(to: string | null): string {
  if (to === null || !to.startsWith('/')) return '/inbox'
  const url = new URL(to, location.origin)
  return url.origin === location.origin && !url.pathname.startsWith('//') ? url.pathname + url.search : '/inbox'
}
