/** The list itself: only the rows that can be seen are drawn, so that a hundred thousand cost no more than fifty. */
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { exactTime, shortAgo } from '@/shared/lib/times'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { Checkbox } from '@/shared/ui/checkbox'
import type { Contact } from '../api'
import type { ContactsSearch } from '../search-params'
import { TagMark } from '@/shared/ui/tag'
import { bestKnown, consentWords, nameOf } from '../words'
import type { Chosen } from './use-chosen'

const ROW_PX = 60
const COLUMNS = 'grid-cols-[2rem_minmax(0,1fr)_auto] wide:grid-cols-[2rem_minmax(12rem,2fr)_minmax(9rem,1fr)_minmax(8rem,1fr)_7rem_5rem]'
const SHOWN_TAGS = 3

interface Props {
  contacts: Contact[]
  businesses: Business[]
  search: ContactsSearch
  now: number
  chosen: Chosen
  hasMore: boolean
  isFetching: boolean
  onEnd: () => void
}

export function ContactTable({ contacts, businesses, search, now, chosen, hasMore, isFetching, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- its rows are read while rendering, nothing of it is kept
  const virtual = useVirtualizer({
    count: contacts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (index) => contacts[index]?.id ?? index,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetching && last >= contacts.length - 30) onEnd()
  }, [last, contacts.length, hasMore, isFetching, onEnd])
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto border-t border-line" role="table" aria-label={t('Contacts')} aria-rowcount={hasMore ? -1 : contacts.length + 1}>
      <Head contacts={contacts} chosen={chosen} />
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start, key }) => {
          const contact = contacts[index]
          if (contact === undefined) return null
          return (
            <div key={key} role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)`, height: ROW_PX }} className="absolute inset-x-0 top-0">
              <Row contact={contact} business={businesses.find(({ id }) => id === contact.business_id)} search={search} now={now} chosen={chosen} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Head({ contacts, chosen }: { contacts: Contact[]; chosen: Chosen }) {
  const ids = contacts.map(({ id }) => id)
  const count = ids.filter(chosen.has).length
  const cell = 'hidden text-start wide:block'
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-panel/95 backdrop-blur">
      <div role="row" className={cx('grid items-center gap-3 px-4 py-2 text-xs font-medium text-soft two:px-6', COLUMNS)}>
        <div role="columnheader">
          <Checkbox
            label={t('Choose all that are loaded')}
            hidden
            checked={count === ids.length}
            mixed={count > 0 && count < ids.length}
            onChange={(on) => (on ? chosen.setMany(ids, true) : chosen.clear())}
          />
        </div>
        <div role="columnheader">{t('Name')}</div>
        <div role="columnheader" className={cell}>{t('Number or address')}</div>
        <div role="columnheader" className={cell}>{t('Tags')}</div>
        <div role="columnheader" className={cell}>{t('Marketing')}</div>
        <div role="columnheader" className="text-end">{t('Last seen')}</div>
      </div>
    </div>
  )
}

interface RowProps extends Pick<Props, 'search' | 'now' | 'chosen'> {
  contact: Contact
  business: Business | undefined
}

function Row({ contact, business, search, now, chosen }: RowProps) {
  const name = nameOf(contact)
  const isChosen = chosen.has(contact.id)
  return (
    <div className={cx('group relative grid h-full items-center gap-3 border-b border-line px-4 two:px-6', COLUMNS, isChosen ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <div role="cell" className="relative z-1">
        <Checkbox label={t('Choose {name}', { name })} hidden checked={isChosen} onChange={() => chosen.toggle(contact.id)} />
      </div>
      <div role="cell" className="flex min-w-0 items-center gap-3">
        <Avatar id={contact.id} name={name} />
        <div className="min-w-0">
          <Link
            to="/contacts/$contactId"
            params={{ contactId: contact.id }}
            search={search as never}
            dir="auto"
            className="block truncate font-medium after:absolute after:inset-0"
          >
            {name}
          </Link>
          <p dir="auto" className="truncate text-xs text-soft">
            {contact.company ?? business?.name}
          </p>
        </div>
      </div>
      <div role="cell" className="hidden truncate text-sm text-soft tabular-nums wide:block">
        <bdi dir="ltr">{bestKnown(contact)?.value}</bdi>
      </div>
      <div role="cell" className="hidden min-w-0 flex-wrap gap-1 overflow-hidden wide:flex">
        {contact.tags.slice(0, SHOWN_TAGS).map((tag) => (
          <TagMark key={tag.id} tag={tag} />
        ))}
        {contact.tags.length > SHOWN_TAGS && <span className="text-2xs text-soft">+{contact.tags.length - SHOWN_TAGS}</span>}
      </div>
      <div role="cell" className="hidden wide:block">
        {contact.agreed_to_marketing !== 'unknown' && (
          <Badge tone={contact.agreed_to_marketing === 'yes' ? 'good' : 'bad'}>{consentWords(contact.agreed_to_marketing)}</Badge>
        )}
      </div>
      <div role="cell" className="text-end text-xs text-soft tabular-nums">
        {contact.last_seen_at !== null && (
          <time dateTime={contact.last_seen_at} title={exactTime(contact.last_seen_at)}>
            {shortAgo(contact.last_seen_at, now)}
          </time>
        )}
      </div>
    </div>
  )
}
