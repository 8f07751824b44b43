/** The secret of a link: taken out of the address at once, so that it stays in no history. */
import { useState } from 'react'

export function useTokenInAddress(): string {
  const [token] = useState(read)
  return token
}

/** Kept for a second drawing of the same page, which finds the address clean. */
const taken = new Map<string, string>()

function read(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    taken.set(location.pathname, token)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return taken.get(location.pathname) ?? ''
}
