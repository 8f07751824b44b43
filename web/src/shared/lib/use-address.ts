/** What a page shows, as its address says it: survives a reload, can be sent to a colleague, Back undoes it. */
import { useNavigate, useRouterState } from '@tanstack/react-router'

/**
 * For pages whose route does not declare its search parameters. `read` takes what is known out of them and leaves the
 * rest. What is set replaces all of them; a field that is `undefined` is left out of the address.
 */
export function useAddress<Search extends object>(
  read: (raw: Record<string, unknown>) => Search,
): [Search, (next: Search) => void] {
  const raw = useRouterState({ select: (state) => state.location.search })
  const navigate = useNavigate()
  return [read({ ...raw }), (next) => void navigate({ to: '.', search: next as never })]
}
