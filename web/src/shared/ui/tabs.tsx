/** Parts of one thing, one at a time. For parts with an address of their own use links. */
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

interface Props<Name extends string> {
  label: string
  value: Name
  onChange: (name: Name) => void
  tabs: { name: Name; title: ReactNode; panel: ReactNode }[]
}

export function Tabs<Name extends string>({ label, value, onChange, tabs }: Props<Name>) {
  return (
    <Radix.Root value={value} onValueChange={(name) => onChange(name as Name)}>
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]">
        {tabs.map(({ name, title }) => (
          <Radix.Trigger
            key={name}
            value={name}
            className="-mb-px flex h-10 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-3 text-sm font-medium text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ name, panel }) => (
        <Radix.Content key={name} value={name} className="pt-4">
          {panel}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
