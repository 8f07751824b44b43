/** Somebody in the list: a row of cells where there is room, a card where there is none. */
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Avatar } from '@/shared/ui/avatar'
import { Checkbox } from '@/shared/ui/checkbox'
import type { Contact } from '../api'
import type { ContactsSearch } from '../search-params'
import { bestKnown, nameOf } from '../words'
import type { Column } from './columns'
import { ContactCell, Marketing, Tags, Time } from './contact-cell'

export const GRID = 'grid-cols-[2rem_minmax(0,1fr)_auto] wide:grid-cols-(--columns)'

interface Props {
  contact: Contact
  business: Business | undefined
  columns: Column[]
  search: ContactsSearch
  now: number
  isWide: boolean
  isChosen: boolean
  /** One row of the list is on the way of Tab. */
  tabbable: boolean
  onToggle: (id: string) => void
}

export const ContactRow = memo(function ContactRow({ contact, business, columns, search, now, isWide, isChosen, tabbable, onToggle }: Props) {
  const name = nameOf(contact)
  return (
    <div className={cx('group relative grid h-full items-center gap-3 border-b border-line px-4 two:px-6', GRID, isChosen ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <div role="cell" className="relative z-1">
        <Checkbox label={t('Choose {name}', { name })} hidden checked={isChosen} tabbable={tabbable} onChange={() => onToggle(contact.id)} />
      </div>
      <div role="cell" className="flex min-w-0 items-center gap-3">
        <Avatar id={contact.id} name={name} />
        <div className="min-w-0">
          <Link
            to="/contacts/$contactId"
            params={{ contactId: contact.id }}
            search={search as never}
            dir="auto"
            tabIndex={tabbable ? 0 : -1}
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {name}
          </Link>
          <p dir="auto" className="truncate text-xs text-soft">
            {contact.company ?? business?.name}
          </p>
          {!isWide && <More contact={contact} />}
        </div>
      </div>
      {isWide ? (
        columns.map(({ name: column }) => (
          <div key={column} role="cell" className="min-w-0 truncate text-sm text-soft tabular-nums">
            <ContactCell column={column} contact={contact} now={now} />
          </div>
        ))
      ) : (
        <div role="cell" className="self-start pt-4 text-end text-xs text-soft">
          {contact.last_seen_at !== null && <Time at={contact.last_seen_at} now={now} />}
        </div>
      )}
    </div>
  )
})

/** The third line of a card. */
function More({ contact }: { contact: Contact }) {
  const number = bestKnown(contact)?.value
  return (
    <div className="mt-1 flex h-5 min-w-0 items-center gap-2 text-xs text-soft">
      {contact.name !== null && number !== undefined && (
        <bdi dir="ltr" className="shrink-0 tabular-nums">
          {number}
        </bdi>
      )}
      <Marketing said={contact.agreed_to_marketing} />
      <Tags tags={contact.tags} />
    </div>
  )
}
