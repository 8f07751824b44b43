import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { Button, IconButton } from './button'
import { Checkbox } from './checkbox'
import { Combobox } from './combobox'
import { Confirm } from './confirm'
import { Dialog } from './dialog'
import { Field } from './field'
import { FilterChips } from './filter-chips'
import { Popover } from './popover'
import { Progress } from './progress'
import { Radios } from './radios'
import { SegmentedControl } from './segmented-control'
import { Select } from './select'
import { Switch } from './switch'
import { Tabs } from './tabs'
import { toast, Toasts, toastUndo } from './toast'
import { WhenField } from './when-field'

const user = userEvent.setup()

describe('buttons', () => {
  test('a busy button keeps its name and cannot be pressed again', async () => {
    const press = vi.fn()
    render(
      <Button busy onClick={press}>
        Save
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Save' })
    await user.click(button)
    expect(button.getAttribute('aria-busy')).toBe('true')
    expect(press).not.toHaveBeenCalled()
  })

  test('a button with only an icon has a name, and says whether it is pressed', () => {
    render(<IconButton label="Bold" pressed />)
    expect(screen.getByRole('button', { name: 'Bold', pressed: true })).toBeDefined()
  })
})

describe('fields', () => {
  test('a field says what is wrong with it where screen readers look', () => {
    render(<Field label="Name" value="" onChange={vi.fn()} problem="Write a name." />)
    const box = screen.getByRole('textbox', { name: 'Name' })
    expect(box.getAttribute('aria-invalid')).toBe('true')
    const about = document.getElementById(box.getAttribute('aria-describedby') ?? '')
    expect(about?.textContent).toBe('Write a name.')
  })

  test('a field counts once most of its room is used', () => {
    render(<Field label="Text" value="123456" max={5} onChange={vi.fn()} />)
    expect(screen.getByText(/6\/5/)).toBeDefined()
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true')
  })

  test('a day is given as the browser writes it', async () => {
    const change = vi.fn()
    render(<WhenField label="Until" kind="date" value="" onChange={change} />)
    await user.type(screen.getByLabelText('Until'), '2026-12-31')
    expect(change).toHaveBeenLastCalledWith('2026-12-31')
  })
})

describe('choices', () => {
  test('a box is ticked with the space bar', async () => {
    const change = vi.fn()
    render(<Checkbox label="Remember" checked={false} onChange={change} />)
    await user.tab()
    await user.keyboard(' ')
    expect(change).toHaveBeenCalledWith(true)
  })

  test('a box that stands for several says that only some are ticked', () => {
    render(<Checkbox label="All" checked={false} mixed onChange={vi.fn()} />)
    expect(screen.getByRole('checkbox', { name: 'All' }).getAttribute('aria-checked')).toBe('mixed')
  })

  test('a switch says whether it is on', async () => {
    const change = vi.fn()
    render(<Switch label="Quiet" checked onChange={change} />)
    const control = screen.getByRole('switch', { name: 'Quiet' })
    expect(control.getAttribute('aria-checked')).toBe('true')
    await user.click(control)
    expect(change).toHaveBeenCalledWith(false)
  })

  test('one of a few is a radio with the words of its option', async () => {
    const change = vi.fn()
    const options: ['light' | 'dark', string][] = [
      ['light', 'Light'],
      ['dark', 'Dark'],
    ]
    render(<SegmentedControl label="Look" value="light" options={options} onChange={change} />)
    const group = screen.getByRole('radiogroup', { name: 'Look' })
    expect(within(group).getByRole('radio', { name: 'Light', checked: true })).toBeDefined()
    await user.click(within(group).getByRole('radio', { name: 'Dark' }))
    expect(change).toHaveBeenCalledWith('dark')
  })

  test('a disabled option of a list cannot be chosen', async () => {
    const change = vi.fn()
    render(<Radios label="Role" value={null} options={[{ value: 'owner', title: 'Owner', disabled: true }]} onChange={change} />)
    await user.click(screen.getByRole('radio', { name: 'Owner' }))
    expect(change).not.toHaveBeenCalled()
  })

  test('one of a list is chosen with the keyboard, and nothing chosen is a choice too', async () => {
    const change = vi.fn()
    const options: [string, string][] = [['', 'Not known'], ['ar', 'Arabic'], ['en', 'English']]
    render(<Select label="Language" value="" options={options} onChange={change} />)
    const box = screen.getByRole('combobox', { name: 'Language' })
    expect(box.textContent).toBe('Not known')
    box.focus()
    await user.keyboard('{ArrowDown}')
    expect(screen.getAllByRole('option').map((each) => each.textContent)).toEqual(['Not known', 'Arabic', 'English'])
    await user.keyboard('e{Enter}')
    expect(change).toHaveBeenCalledWith('en')
  })

  test('a choice that is wrong says so where screen readers look', () => {
    render(<Select label="Zone" value="x" options={[['x', 'X']]} onChange={vi.fn()} problem="Choose another." />)
    const box = screen.getByRole('combobox', { name: 'Zone' })
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Choose another.')
  })

  test('a choice out of many is found by typing and chosen with Enter', async () => {
    const choose = vi.fn()
    const choices = ['Muscat', 'Dubai', 'Doha'].map((label) => ({ value: label.toLowerCase(), label }))
    render(<Combobox label="City" value={null} choices={choices} onChoose={choose} />)
    await user.click(screen.getByRole('button', { name: /City/ }))
    await user.type(await screen.findByRole('combobox'), 'dub')
    expect(screen.getAllByRole('option').map((each) => each.textContent)).toEqual(['Dubai'])
    await user.keyboard('{Enter}')
    expect(choose).toHaveBeenCalledWith('dubai')
  })

  test('words that are no choice can become one', async () => {
    const create = vi.fn()
    render(<Combobox label="Tag" value={null} choices={[]} onChoose={vi.fn()} onCreate={create} />)
    await user.click(screen.getByRole('button', { name: /Tag/ }))
    await user.type(await screen.findByRole('combobox'), 'vip{Enter}')
    expect(create).toHaveBeenCalledWith('vip')
  })
})

function Opening({ children }: { children: (close: () => void) => React.ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {open && children(() => setOpen(false))}
    </>
  )
}

describe('windows', () => {
  test('Escape closes a window, and the focus is back where it was', async () => {
    render(
      <Opening>
        {(close) => (
          <Dialog title="Edit" onClose={close}>
            <input aria-label="Name" />
          </Dialog>
        )}
      </Opening>,
    )
    const opener = screen.getByRole('button', { name: 'Open' })
    await user.click(opener)
    expect(await screen.findByRole('dialog', { name: 'Edit' })).toBeDefined()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(opener))
  })

  test('the focus stays inside a window', async () => {
    render(
      <Dialog title="Edit" onClose={vi.fn()}>
        <input aria-label="Name" />
      </Dialog>,
    )
    const dialog = screen.getByRole('dialog')
    await user.tab()
    await user.tab()
    await user.tab()
    expect(dialog.contains(document.activeElement)).toBe(true)
  })

  test('what cannot be taken back is asked once more, with the way out first', async () => {
    const confirm = vi.fn()
    render(
      <Confirm title="Revoke this key?" verb="Revoke" danger onConfirm={confirm} onClose={vi.fn()}>
        It stops at once.
      </Confirm>,
    )
    expect(screen.getByRole('alertdialog', { name: 'Revoke this key?' })).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(screen.getByRole('button', { name: 'Revoke' }))
    expect(confirm).toHaveBeenCalledOnce()
  })
})

describe('panels', () => {
  test('a popover says whether it is open, and closes on Escape', async () => {
    render(
      <Popover label="Filters" face="Filter" buttonProps={{}}>
        <input aria-label="From" />
      </Popover>,
    )
    const button = screen.getByRole('button', { name: 'Filter' })
    await user.click(button)
    expect(await screen.findByRole('group', { name: 'Filters' })).toBeDefined()
    expect(button.getAttribute('aria-expanded')).toBe('true')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Filters' })).toBeNull())
  })

  test('a filter says its choice, and is taken off by its own button', async () => {
    const change = vi.fn()
    const filters = [{ name: 'status', title: 'Status', value: 'open', options: [['open', 'Open']] as [string, string][] }]
    render(<FilterChips filters={filters} onChange={change} onClear={vi.fn()} />)
    expect(screen.getByRole('button', { name: /Status: Open/ })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Remove the filter Status' }))
    expect(change).toHaveBeenCalledWith('status', undefined)
  })

  test('tabs are walked with the arrow keys', async () => {
    const change = vi.fn()
    const tabs = [
      { name: 'one', title: 'One', panel: 'First' },
      { name: 'two', title: 'Two', panel: 'Second' },
    ]
    render(<Tabs label="Parts" value="one" onChange={change} tabs={tabs} />)
    screen.getByRole('tab', { name: 'One' }).focus()
    await user.keyboard('{ArrowRight}')
    expect(change).toHaveBeenCalledWith('two')
  })
})

describe('notices', () => {
  test('what was done can be undone from its notice', async () => {
    const undo = vi.fn()
    render(<Toasts />)
    toastUndo('Resolved', undo)
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(undo).toHaveBeenCalledOnce()
    await waitFor(() => expect(screen.queryByText('Resolved')).toBeNull())
  })

  test('a fourth notice takes the place of the first', async () => {
    render(<Toasts />)
    for (const text of ['first', 'second', 'third', 'fourth']) toast({ text })
    expect((await screen.findAllByText('fourth')).length).toBeGreaterThan(0)
    expect(screen.queryByText('first')).toBeNull()
  })

  test('progress is told in numbers, and without them while nobody knows', () => {
    const { rerender } = render(<Progress label="Import" share={0.25} />)
    expect(screen.getByRole('progressbar', { name: 'Import' }).getAttribute('aria-valuenow')).toBe('25')
    rerender(<Progress label="Import" share={null} />)
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull()
  })
})
