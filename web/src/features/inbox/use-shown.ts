/** Which conversation is shown. A pressed one is there in the next frame; the address, which much depends on, follows it. */
import { useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { afterFrame } from '@/shared/lib/after-frame'

/** Opens the conversation `id`, whose address is `href`. */
export type Open = (id: string, href: string) => void

/** `addressed`: the one in the address. */
export function useShown(addressed: string | undefined): [shownId: string | undefined, open: Open] {
  const { history } = useRouter()
  const [pressed, setPressed] = useState<string>()
  const [before, setBefore] = useState(addressed)
  if (before !== addressed) {
    setBefore(addressed)
    setPressed(undefined)
  }
  const callOff = useRef<() => void>(undefined)
  useEffect(() => () => callOff.current?.(), [])
  const open = useCallback<Open>(
    (id, href) => {
      setPressed(id)
      // Of two presses within a frame the last one counts.
      callOff.current?.()
      callOff.current = afterFrame(() => history.push(href))
    },
    [history],
  )
  return [pressed ?? addressed, open]
}
