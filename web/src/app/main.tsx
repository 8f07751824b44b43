/** The start: theme, language, data, routes. */
import './fonts.css'
import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { Direction } from 'radix-ui'
import { createRoot } from 'react-dom/client'
import { LANGUAGES, speakPreferred, useLanguage } from '@/shared/i18n/language'
import { applyDensity } from '@/shared/lib/density'
import { applyTheme } from '@/shared/lib/theme'
import { restoreKept } from '@/shared/offline/kept'
import { isStillIn, whenOut } from '@/shared/session/door'
import { Toasts } from '@/shared/ui/toast'
import { somethingToShow } from './early-answers'
import { queryClient } from './query-client'
import { router } from './router'

applyTheme()
applyDensity()
// Whoever comes in next sees nothing of who was there before.
whenOut(() => queryClient.clear())
void start()

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  await Promise.all([speakPreferred(), isStillIn() ? prepare() : null])
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Spoken />
      </QueryClientProvider>
    </StrictMode>,
  )
}

/** What the first page shows is put in its place before it is drawn, so that it is drawn once. */
async function prepare(): Promise<void> {
  await Promise.all([router.load(), somethingToShow(queryClient, restoreKept(queryClient))])
}

/** Drawn anew in another language. */
function Spoken() {
  const language = useLanguage()
  return (
    <Direction.Provider dir={LANGUAGES[language].dir}>
      <RouterProvider key={language} router={router} />
      <Toasts />
    </Direction.Provider>
  )
}
