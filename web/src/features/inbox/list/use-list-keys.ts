/** The keys of the list: walking from anywhere on the page, selecting, and what is done to the row that has the focus. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'
import { canPress, pressHere, useDetour, useShortcut } from '@/shared/keys/live'
import { SHORTCUTS, type ShortcutName } from '@/shared/keys/shortcuts'
import { idOf } from './rows'

interface Props {
  ids: string[]
  selectedId: string | undefined
  scroller: RefObject<HTMLElement | null>
  /** Gives the focus to the row at this place. */
  goTo: (index: number) => void
  onPick: (id: string) => void
  /** Some are selected: what can be done to several is done to those. */
  isPicking: boolean
}

/** What can be done to several. */
const TO_SEVERAL: ReadonlySet<ShortcutName> = new Set(['assign', 'tag', 'resolve'])
/** A conversation that is not there by then was not opened. */
const OPENS_WITHIN_MS = 5_000

export function useListKeys({ ids, selectedId, scroller, goTo, onPick, isPicking }: Props): void {
  const navigate = useNavigate()
  const lastIndex = useRef(-1)
  const inSight = () => scroller.current?.checkVisibility() === true
  const focused = () => idOf(document.activeElement)
  const here = () => {
    const at = ids.indexOf(focused() ?? selectedId ?? '')
    return at < 0 ? null : at
  }
  useEffect(() => {
    const at = ids.indexOf(idOf(document.activeElement) ?? selectedId ?? '')
    if (at >= 0) lastIndex.current = at
  }, [ids, selectedId])
  const step = (by: 1 | -1) => {
    if (!inSight()) return false
    lastIndex.current = Math.max(0, nextOf(here(), lastIndex.current, by))
    goTo(lastIndex.current)
    return true
  }
  const back = () => {
    const { activeElement: element } = document
    const writes = element instanceof HTMLElement && element.matches('textarea, input')
    if (writes) return leaveBox(element)
    const at = here() ?? lastIndex.current
    void navigate({ to: '/inbox', search: (old) => old })
    requestAnimationFrame(() => goTo(at))
    return true
  }
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  useShortcut('back', selectedId === undefined ? null : back)
  useShortcut('pick', () => {
    const id = focused() ?? selectedId
    if (!inSight() || id === undefined || !ids.includes(id)) return false
    onPick(id)
    return true
  })

  // What is done to a row that is not the open one: it is opened first, so that it is seen what is done to what. And
  // one that has just been opened shows what was said before its buttons are there: the key waits for them.
  useDetour('conversation', (name) => {
    // Their bar has no button for what they do not share; nothing else is meant then.
    if (isPicking && TO_SEVERAL.has(name)) return !hasButton(scroller.current, name)
    const id = focused() ?? selectedId
    if (id === undefined || SHORTCUTS[name].keys.includes('Escape')) return false
    if (id === selectedId && canAct(id, name)) return false
    if (id !== selectedId) void navigate({ to: '/inbox/$conversationId', params: { conversationId: id }, search: (old) => old })
    whenOpen(id, name, performance.now() + OPENS_WITHIN_MS)
    return true
  })
}

/** From the row at `at`; from none, from the place `last`: where one was resolved, another stands now. */
function nextOf(at: number | null, last: number, by: 1 | -1): number {
  if (at !== null) return at + by
  return last < 0 || by > 0 ? Math.max(0, last) : last - 1
}

/** Out of the box, to the name of whom one writes to: from there keys do something. */
function leaveBox(box: HTMLElement): boolean {
  const heading = box.closest('[data-opened]')?.querySelector<HTMLElement>('h2')
  if (heading === undefined || heading === null) return false
  heading.focus()
  return true
}

const hasButton = (list: HTMLElement | null, name: ShortcutName) => list?.parentElement?.querySelector(`[data-shortcut~="${name}"]`) !== null
const isThere = (id: string) => document.querySelector(`[data-opened="${CSS.escape(id)}"]`) !== null
/** Marking as unread can always be done: where it can, all can that will. */
const canAct = (id: string, name: ShortcutName) => canPress(name) || (isThere(id) && canPress('unread'))

function whenOpen(id: string, name: ShortcutName, until: number): void {
  if (isThere(id) && canPress(name)) pressHere(name)
  else if (performance.now() < until) requestAnimationFrame(() => whenOpen(id, name, until))
}
