/** Language, light and density belong to a person, not to a device: what they choose here they find there. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '@/shared/api/client'
import type { Me } from '@/shared/api/types'
import { chooseLanguage, chosenLanguage, isLanguage, useChosenLanguage } from '@/shared/i18n/language'
import { setDensity, useDensity } from '@/shared/lib/density'
import { setTheme, useTheme } from '@/shared/lib/theme'

type Looks = Pick<NonNullable<Me['user']>, 'language' | 'theme' | 'density'>

const BROWSER = 'browser'

/** What account and device last looked like, of whom. Outside of the pages: they are drawn anew in another language. */
let agreed: { who: string; there: string; here: string } | null = null

/** What their account has wins when a page opens and when it changes elsewhere; what is chosen here goes there. */
export function useLooks(me: Me | undefined): void {
  const here = useLooksHere()
  const there = me?.user ?? null
  const client = useQueryClient()
  useEffect(() => {
    if (there === null) return
    const now = { who: there.id, there: nameOf(there), here: nameOf(here) }
    const before = agreed
    agreed = now
    if (before?.who !== now.who || before.there !== now.there) {
      const wanted = { ...here, ...chosenOf(there) }
      agreed = { ...now, here: nameOf(wanted) }
      wear(wanted)
    } else if (before.here !== now.here) {
      agreed = { ...now, there: now.here }
      void client.cancelQueries({ queryKey: ['me'] })
      client.setQueryData<Me>(['me'], (known) => known?.user ? { ...known, user: { ...known.user, ...here } } : known)
      // Where it fails, the next answer about the account turns it back.
      void api.PATCH('/api/v1/me', { body: here }).catch(() => undefined)
    }
  }, [there, here, client])
}

function useLooksHere(): Looks {
  const language = useChosenLanguage() ?? BROWSER
  const { theme } = useTheme()
  return { language, theme, density: useDensity() }
}

const nameOf = ({ language, theme, density }: Looks) => [language, theme, density].join(' ')

/** Without what was never chosen: there each device has its own. */
function chosenOf({ language, theme, density }: Looks): Partial<Looks> {
  return { ...(language !== null && { language }), ...(theme !== null && { theme }), ...(density !== null && { density }) }
}

function wear({ language, theme, density }: Looks): void {
  if (theme !== null) setTheme(theme)
  if (density !== null) setDensity(density)
  const chosen = language !== null && isLanguage(language) ? language : null
  if (chosen !== chosenLanguage()) void chooseLanguage(chosen)
}
