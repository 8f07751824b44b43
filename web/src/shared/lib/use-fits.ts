/** What a page has room for: the widths of `app/tokens.css`, for what is better not drawn at all than drawn and hidden. */
import { useCallback, useSyncExternalStore } from 'react'

const FROM = { two: '(min-width: 43.75rem)', wide: '(min-width: 68.75rem)', panel: '(min-width: 90rem)' } as const

/** `two` panes beside one another; names on the rail, where it is `wide`; a `panel` beside the thread. */
export function useFits(what: keyof typeof FROM): boolean {
  const query = FROM[what]
  const watch = useCallback(
    (tell: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', tell)
      return () => media.removeEventListener('change', tell)
    },
    [query],
  )
  return useSyncExternalStore(watch, () => matchMedia(query).matches)
}
