import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { SearchBox } from './search-box'

test('what is typed is told once it rests, without the spaces around it', async () => {
  const settle = vi.fn()
  render(<SearchBox label="Search contacts" value={undefined} onSettle={settle} />)
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search contacts' }), ' lay ')
  await waitFor(() => expect(settle).toHaveBeenCalledWith('lay'))
  expect(settle).toHaveBeenCalledOnce()
})

test('a search is cleared by its own button, and the box keeps the focus', async () => {
  const settle = vi.fn()
  render(<SearchBox label="Search contacts" value="layla" onSettle={settle} />)
  await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }))
  await waitFor(() => expect(settle).toHaveBeenCalledWith(undefined))
  expect(document.activeElement).toBe(screen.getByRole('searchbox'))
})
