/** One box for everything: pages, what can be done here, people, what was said. */
import { Command } from 'cmdk'
import { Search, X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, useState, type KeyboardEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { chordOf } from '@/shared/keys/chords'
import { SHORTCUTS } from '@/shared/keys/shortcuts'
import { Kbd } from '@/shared/ui/kbd'
import { useFocusBack } from '@/shared/ui/opener'
import { FoundGroups } from './found-groups'
import { GROUPS, shownOf, type Item } from './items'
import { PaletteRow } from './palette-row'
import { recentIds, remember } from './recent'
import { useActions } from './use-actions'
import { useFirst } from './use-first'

interface Props {
  items: Item[]
  /** Whether they may look for people and messages. */
  searches: boolean
  onClose: () => void
}

const MOST_RECENT = 5

export function PaletteDialog({ items, searches, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const { value, setValue, setList, leave, leaveBy, chooseFirst } = useFirst(typed)
  // In a list of choices there may be nothing else.
  const [status, setStatus] = useState<HTMLElement | null>(null)
  const actions = useActions()
  const focusBack = useFocusBack()
  const chosen = useRef<(() => void) | null>(null)
  const all = [...actions, ...items]
  const shown = shownOf([...recentOf(all), ...all.filter(({ group }) => group !== 'recent')], typed)
  const choose = (item: Pick<Item, 'id' | 'run'>) => {
    remember(item.id)
    chosen.current = item.run
    onClose()
  }
  function onKey(event: KeyboardEvent) {
    leaveBy(event.key)
    const chord = chordOf(event.nativeEvent)
    if (chord === null || !SHORTCUTS.palette.keys.includes(chord)) return
    event.preventDefault()
    onClose()
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-black/45" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            focusBack(event)
            // Only now: what it gives the focus to keeps it.
            chosen.current?.()
          }}
          className="fixed inset-x-0 top-[max(0.5rem,env(safe-area-inset-top))] z-40 mx-auto flex max-h-[min(34rem,calc(100dvh-1rem))] w-[min(40rem,calc(100vw-1rem))] animate-rise flex-col overflow-hidden rounded-2xl border border-line bg-panel text-ink shadow-raised two:top-[12vh] two:max-h-[min(34rem,76vh)]"
        >
          <Radix.Title className="sr-only">{t('Find or do anything')}</Radix.Title>
          <Command
            label={t('Find or do anything')}
            loop
            vimBindings={false}
            shouldFilter={false}
            value={value}
            onValueChange={setValue}
            onKeyDown={onKey}
            className="flex min-h-0 flex-1 flex-col"
          >
            <div className="flex items-center gap-3 border-b border-line ps-4 pe-2">
              <Search aria-hidden className="size-5 shrink-0 text-faint" />
              <Command.Input
                autoFocus
                value={typed}
                onValueChange={setTyped}
                placeholder={searches ? t('Find people, messages and pages, or do something') : t('Find pages, or do something')}
                dir="auto"
                className="h-13 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-faint"
              />
              <Radix.Close className="grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink" aria-label={t('Close')}>
                <X aria-hidden className="size-4.5" />
              </Radix.Close>
            </div>
            <Command.List ref={setList} onPointerMove={leave} label={t('Suggestions')} className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2">
              {shown.map(({ group, items: own }) => (
                <Command.Group key={group} heading={GROUPS[group]()} className={GROUP}>
                  {own.map((item) => (
                    <PaletteRow key={item.id} item={item} value={`${group}:${item.id}`} onChoose={choose} />
                  ))}
                </Command.Group>
              ))}
              <FoundGroups typed={typed.trim()} searches={searches} isBare={shown.length === 0} onChoose={choose} onShown={chooseFirst} groupLook={GROUP} status={status} />
            </Command.List>
            <p ref={setStatus} role="status" className="sr-only" />
            <Foot />
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const GROUP =
  'pb-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-soft'

function recentOf(all: Item[]): Item[] {
  const byId = new Map(all.map((item) => [item.id, item]))
  return recentIds()
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ group }) => group !== 'here')
    .slice(0, MOST_RECENT)
    .map((item) => ({ ...item, group: 'recent' as const }))
}

function Foot() {
  return (
    <div aria-hidden className="hidden items-center gap-4 border-t border-line px-4 py-2 text-xs text-soft two:flex">
      <span className="flex items-center gap-1.5">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> {t('to choose')}
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>{t('Enter')}</Kbd> {t('to open')}
      </span>
    </div>
  )
}
