/** Says that a page is before somebody's eyes: turns are given to those who were here in the last five minutes. */
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import { useMay, useMe } from '@/shared/session/me'

/** Often enough that one word may get lost. */
const SAY_MS = 120_000

export function useBeingHere(): void {
  const mayAnswer = useMay('conversations:answer')
  const isAgent = useMe().kind === 'user' && mayAnswer
  useEffect(() => {
    if (!isAgent) return
    let saidAt = -Infinity
    const say = () => {
      if (document.visibilityState !== 'visible' || performance.now() - saidAt < SAY_MS) return
      saidAt = performance.now()
      // That it cannot be told disturbs nobody.
      void api.POST('/api/v1/agents/me/seen').catch(() => undefined)
    }
    say()
    const timer = setInterval(say, SAY_MS)
    document.addEventListener('visibilitychange', say)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', say)
    }
  }, [isAgent])
}
