import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { Table } from './table'

const user = userEvent.setup()

describe('tables', () => {
  const columns = [
    { name: 'name', title: 'Name', cell: (row: { id: string; name: string }) => row.name, sortable: true },
    { name: 'link', title: 'Link', cell: () => <a href="#there">there</a> },
  ]
  const rows = ['Sara', 'Omar'].map((name) => ({ id: name.toLowerCase(), name }))
  const common = { label: 'People', columns, rows, idOf: (row: { id: string }) => row.id, nameOf: (row: { name: string }) => row.name }

  test('a column says how it is sorted, and turns round when pressed again', async () => {
    const sort = vi.fn()
    render(<Table {...common} sort={{ by: 'name', direction: 'asc' }} onSort={sort} />)
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    await user.click(screen.getByRole('button', { name: 'Name' }))
    expect(sort).toHaveBeenCalledWith({ by: 'name', direction: 'desc' })
  })

  test('rows are walked with the arrow keys and opened with Enter; a link in one does only what it does', async () => {
    const open = vi.fn()
    render(<Table {...common} onOpen={open} />)
    const [, first] = screen.getAllByRole('row')
    first?.focus()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(open).toHaveBeenCalledWith(rows[1])
    await user.click(screen.getAllByRole('link')[0] as HTMLElement)
    expect(open).toHaveBeenCalledOnce()
  })

  test('one box chooses all rows', async () => {
    const select = vi.fn()
    render(<Table {...common} selected={new Set(['sara'])} onSelect={select} />)
    await user.click(screen.getByRole('checkbox', { name: 'Choose all' }))
    expect(select).toHaveBeenCalledWith(new Set(['sara', 'omar']))
  })
})
