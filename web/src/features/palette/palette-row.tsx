/** One line of the palette. */
import { Command } from 'cmdk'
import { Keys } from '@/shared/keys/keys'
import { isSingleKey, SHORTCUTS } from '@/shared/keys/shortcuts'
import { useSingleKeys } from '@/shared/keys/single-keys'
import type { Item } from './items'

export const ROW =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-xl px-2.5 py-1.5 text-sm select-none data-[selected=true]:bg-accent-soft'

interface Props {
  item: Omit<Item, 'group'>
  value: string
  onChoose: (item: Pick<Item, 'id' | 'run'>) => void
}

export function PaletteRow({ item, value, onChoose }: Props) {
  const { label, about, mark, shortcut } = item
  const singleKeys = useSingleKeys()
  const keys = shortcut === undefined ? [] : SHORTCUTS[shortcut].keys.filter((each) => singleKeys || !isSingleKey(each))
  return (
    <Command.Item value={value} onSelect={() => onChoose(item)} className={ROW}>
      <span className="grid size-7 shrink-0 place-items-center text-soft [&>svg]:size-4.5">{mark}</span>
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-medium">
          {label}
        </span>
        {about !== undefined && (
          <span dir="auto" className="block truncate text-xs text-soft">
            {about}
          </span>
        )}
      </span>
      {keys.length > 0 && (
        <span className="hidden two:inline">
          <Keys all={keys.slice(0, 1)} />
        </span>
      )}
    </Command.Item>
  )
}
