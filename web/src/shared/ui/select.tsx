/** One of a list, which opens where it stands: walked with the arrow keys, found by its first letters. */
import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { use, useId, type ReactNode } from 'react'
import { cx } from '@/shared/lib/cx'
import { Inside } from './inside'
import { aboutId, boxLook, Labelled, nameId } from './labelled'

interface Props {
  label: string
  /** Only for those who cannot see what stands around it. */
  hideLabel?: boolean
  value: string
  /** What it means to the machine, and to people. */
  options: [string, string][]
  onChange: (value: string) => void
  hint?: ReactNode
  problem?: string | null
  disabled?: boolean
}

/** Radix keeps '' for "nothing chosen"; ours may mean something ("Not known"). */
const NOTHING = '\u2205'
const inward = (value: string) => (value === '' ? NOTHING : value)
const outward = (value: string) => (value === NOTHING ? '' : value)

/** For long lists there is `Combobox`. */
export function Select({ label, hideLabel = false, value, options, onChange, hint, problem = null, disabled = false }: Props) {
  const id = useId()
  const isKnown = options.some(([each]) => each === value)
  const all: [string, string][] = isKnown || value === '' ? options : [[value, value], ...options]
  return (
    <Labelled id={id} label={label} hidden={hideLabel} hint={hint} problem={problem}>
      <Radix.Root
        value={isKnown || value !== '' ? inward(value) : ''}
        onValueChange={(next) => next !== '' && onChange(outward(next))}
        disabled={disabled}
      >
        <Radix.Trigger
          id={id}
          aria-labelledby={nameId(id)}
          aria-describedby={aboutId(id)}
          aria-invalid={problem !== null || undefined}
          className={cx(boxLook(problem !== null), 'flex h-10 cursor-pointer items-center gap-2 ps-3 pe-2.5 text-start data-placeholder:text-faint')}
        >
          <span className="min-w-0 flex-1 truncate">
            <Radix.Value placeholder="…" />
          </span>
          <Radix.Icon asChild>
            <ChevronDown aria-hidden className="size-4 shrink-0 text-faint" />
          </Radix.Icon>
        </Radix.Trigger>
        <List options={all} />
      </Radix.Root>
    </Labelled>
  )
}

function List({ options }: { options: [string, string][] }) {
  const inside = use(Inside)
  return (
    <Radix.Portal container={inside}>
      <Radix.Content
        position="popper"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-[min(22rem,var(--radix-select-content-available-height))] w-max max-w-[calc(100vw-1rem)] min-w-(--radix-select-trigger-width) animate-rise overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-raised"
      >
        <Radix.Viewport className="p-1">
          {options.map(([each, words]) => (
            <Radix.Item
              key={each}
              value={inward(each)}
              className="flex min-h-control cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none select-none data-highlighted:bg-sunken"
            >
              <span className="grid size-4 shrink-0 place-items-center text-accent">
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-4" />
                </Radix.ItemIndicator>
              </span>
              <Radix.ItemText>
                <bdi>{words}</bdi>
              </Radix.ItemText>
            </Radix.Item>
          ))}
        </Radix.Viewport>
      </Radix.Content>
    </Radix.Portal>
  )
}
