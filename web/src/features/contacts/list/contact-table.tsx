/** The list itself: only the rows that can be seen are drawn, so that a hundred thousand cost no more than fifty. */
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, type LucideIcon } from 'lucide-react'
import { useCallback, useEffect, useRef, type CSSProperties } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useFits } from '@/shared/lib/use-fits'
import { Checkbox } from '@/shared/ui/checkbox'
import type { Contact } from '../api'
import type { ContactsSearch, Sort } from '../search-params'
import type { Column } from './columns'
import { ContactRow, GRID } from './contact-row'
import type { Chosen } from './use-chosen'
import { useWalk } from './use-walk'

const ROW_PX = 60
const CARD_PX = 84

interface Props {
  contacts: Contact[]
  businesses: Business[]
  columns: Column[]
  search: ContactsSearch
  now: number
  chosen: Chosen
  hasMore: boolean
  isFetching: boolean
  onEnd: () => void
}

export function ContactTable({ contacts, businesses, columns, search, now, chosen, hasMore, isFetching, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const isWide = useFits('wide')
  const height = isWide ? ROW_PX : CARD_PX
  // eslint-disable-next-line react-hooks/incompatible-library -- its rows are read while rendering, nothing of it is kept
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: contacts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => contacts[index]?.id ?? index,
    scrollPaddingStart: 48,
  })
  useEffect(() => virtual.measure(), [height, virtual])
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetching && last >= contacts.length - 30) onEnd()
  }, [last, contacts.length, hasMore, isFetching, onEnd])
  const walk = useWalk({ virtual, count: contacts.length, hasMore, isFetching, onEnd })
  const toggle = useToggle(chosen)
  const style = { '--columns': ['2rem', 'minmax(10rem,1.6fr)', ...columns.map(({ width }) => width)].join(' ') } as CSSProperties
  return (
    <div ref={scroller} style={style} className="min-h-0 flex-1 overflow-y-auto border-t border-line" role="table" aria-label={t('Contacts')} aria-rowcount={hasMore ? -1 : contacts.length + 1}>
      <Head contacts={contacts} columns={columns} search={search} chosen={chosen} />
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }} onKeyDown={walk.onKeyDown} onFocus={walk.onFocus}>
        {rows.map(({ index, start, key }) => {
          const contact = contacts[index]
          if (contact === undefined) return null
          return (
            <div key={key} role="row" data-index={index} aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)`, height }} className="absolute inset-x-0 top-0">
              <ContactRow
                contact={contact}
                business={businesses.find(({ id }) => id === contact.business_id)}
                columns={columns}
                search={search}
                now={now}
                isWide={isWide}
                isChosen={chosen.has(contact.id)}
                tabbable={index === walk.at}
                onToggle={toggle}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The same function for every row, so that only the one that changes is drawn anew. */
function useToggle(chosen: Chosen): (id: string) => void {
  const latest = useRef(chosen)
  useEffect(() => {
    latest.current = chosen
  })
  return useCallback((id) => latest.current.toggle(id), [])
}

function Head({ contacts, columns, search, chosen }: Pick<Props, 'contacts' | 'columns' | 'search' | 'chosen'>) {
  const ids = contacts.map(({ id }) => id)
  const count = ids.filter(chosen.has).length
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-panel/95 backdrop-blur">
      <div role="row" className={cx('grid items-center gap-3 px-4 py-2 text-xs font-medium text-soft two:px-6', GRID)}>
        <div role="columnheader">
          <Checkbox
            label={t('Choose all that are loaded')}
            hidden
            checked={count === ids.length}
            mixed={count > 0 && count < ids.length}
            onChange={(on) => (on ? chosen.setMany(ids, true) : chosen.clear())}
          />
        </div>
        <HeadCell title={t('Name')} sorts={['name', 'name_desc']} search={search} />
        {columns.map(({ name, title, sorts }) => (
          <HeadCell key={name} title={title} sorts={sorts} search={search} className="max-wide:hidden" />
        ))}
      </div>
    </div>
  )
}

interface HeadCellProps {
  title: string
  sorts?: [Sort, Sort] | undefined
  search: ContactsSearch
  className?: string
}

/** How a list is ordered by each: `seen` and `newest` have the latest first. */
const UPWARDS: ReadonlySet<Sort> = new Set(['name', 'oldest', 'seen_asc'])
const ARROWS = { ascending: ArrowUp, descending: ArrowDown }

function Way({ arrow: Arrow, isUsed }: { arrow: LucideIcon; isUsed: boolean }) {
  return <Arrow aria-hidden className={cx('size-3.5 shrink-0', !isUsed && 'opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50')} />
}

const ordered = (by: Sort) => ((old: ContactsSearch) => ({ ...old, sort: by === 'seen' ? undefined : by })) as never

function HeadCell({ title, sorts, search, className }: HeadCellProps) {
  const navigate = useNavigate()
  const now = search.sort ?? 'seen'
  const isBy = sorts?.includes(now) ?? false
  if (sorts === undefined) return <div role="columnheader" className={cx('truncate text-start', className)}>{title}</div>
  const next = now === sorts[0] ? sorts[1] : sorts[0]
  const way = UPWARDS.has(isBy ? now : sorts[0]) ? 'ascending' : 'descending'
  return (
    <div role="columnheader" aria-sort={isBy ? way : 'none'} className={cx('min-w-0', className)}>
      <button
        type="button"
        onClick={() => void navigate({ to: '.', search: ordered(next), replace: true })}
        className={cx('group -mx-1.5 inline-flex h-7 max-w-full items-center gap-1 rounded-md px-1.5 hover:bg-sunken hover:text-ink', isBy && 'text-ink')}
      >
        <span className="truncate">{title}</span>
        <Way arrow={ARROWS[way]} isUsed={isBy} />
      </button>
    </div>
  )
}
