/** Which shortcuts do something on this page, now, and doing it: by a key, or from the palette. */
import { useEffect, useEffectEvent } from 'react'
import { SHORTCUTS, type Scope, type ShortcutName } from './shortcuts'

/** `false`: not for me, ask the next. */
type Run = () => unknown
type Detour = (name: ShortcutName) => boolean

const live = new Map<ShortcutName, Run[]>()
const detours = new Map<Scope, Detour>()
let soon: ShortcutName | null = null
/** A window that is over the page keeps the keys. */
const WINDOW = `dialog[open], ${['dialog', 'alertdialog', 'menu'].map((role) => `[role=${role}][data-state=open]`).join()}`

/** While the component is shown; `null`: not now. Of several the newest is asked first. */
export function useShortcut(name: ShortcutName, run: Run | null): void {
  const call = useEffectEvent(() => run?.())
  const isOn = run !== null
  useEffect(() => {
    if (!isOn) return
    const own: Run = () => call()
    const all = live.get(name) ?? []
    live.set(name, [own, ...all])
    if (soon === name) {
      soon = null
      own()
    }
    return () => void live.set(name, (live.get(name) ?? []).filter((each) => each !== own))
  }, [name, isOn])
}

/** Asked before anything in `scope` is done; returns true if it sees to it. */
export function useDetour(scope: Scope, detour: Detour): void {
  const ask = useEffectEvent(detour)
  useEffect(() => {
    const own: Detour = (name) => ask(name)
    detours.set(scope, own)
    return () => {
      if (detours.get(scope) === own) detours.delete(scope)
    }
  }, [scope])
}

/** Whether anything on the page does it. */
export const canPress = (name: ShortcutName): boolean => (live.get(name) ?? []).length > 0 || buttonOf(name) !== null

/** Do it; false: nothing here does. */
export function press(name: ShortcutName): boolean {
  if (detours.get(SHORTCUTS[name].scope)?.(name) === true) return true
  return pressHere(name)
}

/** Do it as soon as something on the page does: what answers may still be on its way. */
export function pressSoon(name: ShortcutName): void {
  if (!press(name)) soon = name
}

/** As `press`, and not on a detour. */
export function pressHere(name: ShortcutName): boolean {
  for (const run of live.get(name) ?? []) {
    if (run() !== false) return true
  }
  const button = buttonOf(name)
  button?.focus()
  button?.click()
  return button !== null
}

export const isUnderWindow = (): boolean => document.querySelector(WINDOW) !== null

/** The first that is in sight and can be pressed. */
function buttonOf(name: ShortcutName): HTMLElement | null {
  const all = document.querySelectorAll<HTMLElement>(`[data-shortcut~="${name}"]:not(:disabled)`)
  return Array.from(all).find((each) => each.checkVisibility()) ?? null
}
