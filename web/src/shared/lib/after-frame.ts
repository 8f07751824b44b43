/** Longer than a frame lasts: a page that nobody sees draws none. */
const AT_LATEST_MS = 100

/** Call `act` once what is drawn now can be seen; returns what calls it off. */
export function afterFrame(act: () => void): () => void {
  const ends = new AbortController()
  const once = () => {
    if (ends.signal.aborted) return
    ends.abort()
    act()
  }
  requestAnimationFrame(() => setTimeout(once))
  setTimeout(once, AT_LATEST_MS)
  return () => ends.abort()
}
