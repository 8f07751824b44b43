/** What can be done with one row of a list. */
import { Ellipsis } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { Menu, type MenuEntry } from '@/shared/ui/menu'

export function RowMenu({ name, entries }: { name: string; entries: MenuEntry[] }) {
  return (
    <Menu
      label={name}
      align="end"
      entries={entries}
      face={<Ellipsis aria-hidden className="size-4" />}
      buttonProps={{
        'aria-label': t('More about {value}', { value: name }),
        className: 'grid size-9 shrink-0 place-items-center rounded-lg text-faint hover:bg-sunken hover:text-ink',
      }}
    />
  )
}
