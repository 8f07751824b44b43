import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider, useParams } from '@tanstack/react-router'
import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useShown } from './use-shown'

function Inbox() {
  const { id }: { id?: string } = useParams({ strict: false })
  const [shownId, open] = useShown(id)
  return (
    <>
      <p role="status">{shownId ?? 'none'}</p>
      {['ana', 'ben'].map((each) => (
        <button key={each} onClick={() => open(each, `/inbox/${each}`)}>
          {each}
        </button>
      ))}
    </>
  )
}

/** The inbox at `path`; what is shown of it, its history, and presses on its rows. */
async function inboxAt(path: string) {
  const root = createRootRoute()
  const inbox = createRoute({ getParentRoute: () => root, path: '/inbox', component: Inbox })
  const conversation = createRoute({ getParentRoute: () => inbox, path: '$id' })
  const history = createMemoryHistory({ initialEntries: [path] })
  render(<RouterProvider router={createRouter({ routeTree: root.addChildren([inbox.addChildren([conversation])]), history })} />)
  const line = await screen.findByRole('status')
  const press = (name: string) => act(() => screen.getByRole('button', { name }).click())
  return { history, press, shown: () => line.textContent }
}

test('a pressed conversation is shown at once, and its address follows', async () => {
  const { history, press, shown } = await inboxAt('/inbox')
  press('ana')
  expect([shown(), history.location.pathname]).toEqual(['ana', '/inbox'])
  await expect.poll(() => history.location.pathname).toBe('/inbox/ana')
  expect(shown()).toBe('ana')
})

test('of two presses within a frame the last one counts', async () => {
  const { history, press, shown } = await inboxAt('/inbox')
  press('ana')
  press('ben')
  await expect.poll(() => history.location.pathname).toBe('/inbox/ben')
  expect([shown(), history.length]).toEqual(['ben', 2])
})

test('back is back: what was pressed before is not shown again', async () => {
  const { history, press, shown } = await inboxAt('/inbox')
  press('ana')
  await expect.poll(() => history.location.pathname).toBe('/inbox/ana')
  act(() => history.back())
  await expect.poll(shown).toBe('none')
})
