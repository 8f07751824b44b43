/** The server's time as state: a component that shows a countdown asks for it and is drawn again in time. */
import { useEffect, useState } from 'react'
import { serverNow } from '@/shared/api/server-clock'

/** Milliseconds since 1970, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
