/** A list to choose from, with a box to find in it. */
import { Command } from 'cmdk'
import { Check, Plus, Search } from 'lucide-react'
import { use, useState } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import type { Choice, ChoicesProps } from './combobox'
import { ClosePopover } from './popover'

const ROW = cx(
  'flex min-h-control cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm select-none',
  'data-[selected=true]:bg-sunken data-[disabled=true]:cursor-not-allowed data-[disabled=true]:text-faint',
)

export default function Choices({ label, choices, chosen, several = false, onChoose, onCreate, onSearch, busy = false }: ChoicesProps) {
  const close = use(ClosePopover)
  const [typed, setTyped] = useState('')
  const words = typed.trim()
  const isNew = words !== '' && !choices.some((each) => each.label.toLowerCase() === words.toLowerCase())
  const choose = (value: string) => {
    if (!several) close()
    onChoose(value)
  }
  const create = () => {
    onCreate?.(words)
    setTyped('')
    if (!several) close()
  }
  return (
    <Command label={label} loop shouldFilter={onSearch === undefined} filter={score} className="flex max-h-80 flex-col">
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={(value) => {
            setTyped(value)
            onSearch?.(value)
          }}
          placeholder={t('Find')}
          dir="auto"
          className="h-10 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <Command.List label={label} aria-busy={busy} className="min-h-0 flex-1 overflow-y-auto p-1">
        {!(onCreate !== undefined && isNew) && (
          <Command.Empty className="px-3 py-5 text-center text-sm text-soft">{busy ? t('Searching') : t('Nothing found')}</Command.Empty>
        )}
        {choices.map((each) => (
          <Row key={each.value} choice={each} isChosen={chosen.includes(each.value)} onChoose={choose} />
        ))}
        {onCreate !== undefined && isNew && (
          <Command.Item forceMount value={`+${words}`} keywords={[words]} onSelect={create} className={ROW}>
            <Plus aria-hidden className="size-4 shrink-0 text-soft" />
            <span className="truncate">{t('Add “{words}”', { words })}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}

function Row({ choice, isChosen, onChoose }: { choice: Choice; isChosen: boolean; onChoose: (value: string) => void }) {
  const { value, label, about, words, mark, disabled } = choice
  return (
    <Command.Item
      value={value}
      keywords={[label, ...(words ?? [])]}
      disabled={disabled ?? false}
      onSelect={() => onChoose(value)}
      className={ROW}
    >
      {mark}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate">{label}</bdi>
        {about !== undefined && <bdi className="block truncate text-xs text-soft">{about}</bdi>}
      </span>
      {isChosen && (
        <>
          <Check aria-hidden className="size-4 shrink-0 text-accent" />
          <span className="sr-only">{t('chosen')}</span>
        </>
      )}
    </Command.Item>
  )
}

/** By the words people see, not by ids: all typed words have to begin or be inside one; earlier is better. */
function score(_: string, typed: string, keywords: string[] = []): number {
  const text = keywords.join(' ').toLowerCase()
  const places = typed
    .toLowerCase()
    .split(/\s+/)
    .map((word) => text.indexOf(word))
  return places.includes(-1) ? 0 : 1 / (1 + Math.min(...places))
}
