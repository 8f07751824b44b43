/** Narrows a list while somebody types: what they wrote is told after a short rest. */
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { press } from '@/shared/keys/live'
import { useHint, useKeyMarks } from '@/shared/keys/shown'
import { cx } from '@/shared/lib/cx'

interface Props {
  /** Its name: "Search contacts". */
  label: string
  placeholder?: string
  /** What the list is narrowed to now; `undefined`: to nothing. Draw it anew (`key`) when it changes from elsewhere. */
  value: string | undefined
  onSettle: (value: string | undefined) => void
  className?: string
  /** On a page that is there to search. */
  takesFocus?: boolean
}

/** Long enough that a word is one request, short enough that nobody waits for it. */
const REST_MS = 250

export function SearchBox({ label, placeholder, value, onSettle, className, takesFocus = false }: Props) {
  const [text, setText] = useState(value ?? '')
  const box = useRef<HTMLInputElement>(null)
  const marks = useKeyMarks('find')
  const hint = useHint('find', label)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim()
    if (wanted === value) return
    const timer = setTimeout(() => onSettle(wanted), REST_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSettle])
  const clear = () => {
    setText('')
    box.current?.focus()
  }
  /** From the box into the list, where there is one to walk. */
  function onKey(event: KeyboardEvent) {
    const leaves = event.key === 'ArrowDown' || event.key === 'Enter' || (event.key === 'Escape' && text === '')
    if (leaves && !event.nativeEvent.isComposing && press('next')) event.preventDefault()
  }
  return (
    <div role="search" className={cx('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-faint" />
      <input
        ref={box}
        type="search"
        aria-label={label}
        title={hint}
        {...marks}
        placeholder={placeholder ?? t('Search')}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        className="h-control w-full min-w-0 rounded-lg border border-edge bg-raised ps-9 pe-9 text-sm transition-colors placeholder:text-faint hover:border-soft [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('Clear the search')}
          onClick={clear}
          className="absolute end-1 top-1/2 grid size-7 -translate-y-1/2 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  )
}
