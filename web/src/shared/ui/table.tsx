/** Rows and columns. The head stays in sight, columns sort, rows open with Enter and are walked with the arrow keys. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Checkbox } from './checkbox'

export interface Sort {
  by: string
  direction: 'asc' | 'desc'
}

export interface Column<Row> {
  /** What `Sort.by` says of it. */
  name: string
  title: string
  cell: (row: Row) => ReactNode
  sortable?: boolean
  /** Numbers stand at the end of the cell. */
  isNumber?: boolean
  /** Left out on pages narrower than this. */
  from?: 'two' | 'wide'
  className?: string
}

interface Props<Row> {
  /** Names the table. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  idOf: (row: Row) => string
  /** What the box of a row is called. */
  nameOf: (row: Row) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** A press on a row, or Enter. */
  onOpen?: (row: Row) => void
  /** Ids of the chosen rows; absent: none can be chosen. */
  selected?: ReadonlySet<string>
  onSelect?: (ids: ReadonlySet<string>) => void
}

const FROM = { two: 'max-two:hidden', wide: 'max-wide:hidden' }

export function Table<Row>(props: Props<Row>) {
  const { label, columns, rows, idOf, sort, onSort, selected, onSelect } = props
  const all = rows.length > 0 && rows.every((row) => selected?.has(idOf(row)))
  return (
    <div className="overflow-x-auto rounded-2xl border border-line bg-raised">
      <table aria-label={label} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {selected !== undefined && (
              <th scope="col" className={cx(HEAD, 'w-10')}>
                <Checkbox
                  label={t('Choose all')}
                  hidden
                  checked={all}
                  mixed={!all && selected.size > 0}
                  onChange={(on) => onSelect?.(new Set(on ? rows.map(idOf) : []))}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={idOf(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const HEAD = 'sticky top-0 z-10 h-10 border-b border-line bg-panel px-3 text-start text-xs font-medium text-soft whitespace-nowrap'

interface HeadProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const direction = sort?.by === column.name ? sort.direction : undefined
  const canSort = column.sortable === true && onSort !== undefined
  return (
    <th
      scope="col"
      aria-sort={direction === undefined ? undefined : `${direction}ending` as const}
      className={cx(HEAD, column.isNumber === true && 'text-end', column.from !== undefined && FROM[column.from], column.className)}
    >
      {canSort ? (
        <SortButton title={column.title} direction={direction} onSort={(next) => onSort({ by: column.name, direction: next })} />
      ) : (
        column.title
      )}
    </th>
  )
}

interface SortButtonProps {
  title: string
  direction: Sort['direction'] | undefined
  onSort: (direction: Sort['direction']) => void
}

function SortButton({ title, direction, onSort }: SortButtonProps) {
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown
  return (
    <button
      type="button"
      onClick={() => onSort(direction === 'asc' ? 'desc' : 'asc')}
      className={cx('group -mx-1.5 inline-flex h-7 items-center gap-1 rounded-md px-1.5 hover:bg-sunken hover:text-ink', direction && 'text-ink')}
    >
      {title}
      <Arrow aria-hidden className={cx('size-3.5', !direction && 'opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50')} />
    </button>
  )
}

function Line<Row>({ row, columns, idOf, nameOf, onOpen, selected, onSelect }: Props<Row> & { row: Row }) {
  const id = idOf(row)
  const isChosen = selected?.has(id) ?? false
  const choose = (on: boolean) => onSelect?.(on ? new Set([...(selected ?? []), id]) : new Set([...(selected ?? [])].filter((each) => each !== id)))
  return (
    <tr
      tabIndex={onOpen === undefined ? undefined : 0}
      aria-selected={selected === undefined ? undefined : isChosen}
      onClick={(event) => !isInControl(event.target) && onOpen?.(row)}
      onKeyDown={(event) => walk(event, () => onOpen?.(row))}
      className={cx(
        'group -outline-offset-2 transition-colors',
        onOpen !== undefined && 'cursor-pointer hover:bg-panel',
        isChosen && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      {selected !== undefined && (
        <td className={CELL}>
          <Checkbox label={t('Choose {name}', { name: nameOf(row) })} hidden checked={isChosen} onChange={choose} />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.name}
          className={cx(CELL, column.isNumber === true && 'text-end tabular-nums', column.from !== undefined && FROM[column.from], column.className)}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

const CELL = 'h-row border-b border-line px-3 align-middle group-last:border-b-0'

/** What in a row does something itself does not open the row. */
function isInControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, select, [role=menuitem]') !== null
}

function walk(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  const { key, currentTarget: row } = event
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[key]
  if (key === 'Enter') open()
  else if (next instanceof HTMLElement) next.focus()
  else return
  event.preventDefault()
}
