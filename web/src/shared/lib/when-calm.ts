/** A page that cannot say when it has nothing to do is taken to be calm by then. */
const AT_LATEST_MS = 5_000

/** Call `act` once the page has had `ms` to show what it is for and has nothing better to do; returns what calls it off. */
export function whenCalm(act: () => void, ms: number): () => void {
  let idle: number | undefined
  const timer = setTimeout(() => {
    if ('requestIdleCallback' in globalThis) idle = requestIdleCallback(act, { timeout: AT_LATEST_MS })
    else act()
  }, ms)
  return () => {
    clearTimeout(timer)
    if (idle !== undefined) cancelIdleCallback(idle)
  }
}
