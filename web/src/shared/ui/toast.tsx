/** A short word at the foot of the page about what was just done, with a way to undo it. */
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { t } from '@/shared/i18n/t'

export interface ToastWords {
  text: string
  tone?: 'good' | 'bad'
  /** A button beside the words. */
  action?: { label: string; onAct: () => void }
  /** How long it stays (milliseconds); pointing at it or focusing it stops the clock. */
  ms?: number
}

export interface ShownToast extends ToastWords {
  id: number
}

const STAY_MS = 5000
const AT_ONCE = 3
const listeners = new Set<() => void>()
let shown: ShownToast[] = []
let last = 0

/** Show it; returns what takes it away again. The oldest makes room for a fourth. */
export function toast(words: ToastWords): () => void {
  last += 1
  const id = last
  change([...shown, { ms: STAY_MS, ...words, id }].slice(-AT_ONCE))
  return () => dropToast(id)
}

/** "Resolved. [Undo]" for something that is done already and can be taken back. Call it in an event. */
export function toastUndo(text: string, undo: () => void): () => void {
  return toast({ text, action: { label: t('Undo'), onAct: undo } })
}

export function dropToast(id: number): void {
  change(shown.filter((each) => each.id !== id))
}

const Toaster = lazy(() => import('./toaster'))

/** Once on every page; costs nothing until the first word. */
export function Toasts() {
  const toasts = useSyncExternalStore(listen, () => shown)
  const isUsed = last > 0
  return isUsed ? (
    <Suspense>
      <Toaster toasts={toasts} />
    </Suspense>
  ) : null
}

function change(next: ShownToast[]): void {
  shown = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
