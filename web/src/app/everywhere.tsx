/** What is there on every page for whoever is signed in, whatever they look at. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useCarrier } from '@/features/inbox/outbox/carrier'
import { whenCalm } from '@/shared/lib/when-calm'
import { keepFor } from '@/shared/offline/kept'
import { startServiceWorker } from '@/shared/pwa/service-worker'
import { ownerOf, useMe } from '@/shared/session/me'
import { useBeingHere } from './use-being-here'
import { VersionNotice } from './version-notice'

/** After the first page is shown. */
const CALM_MS = 2_000

/** Without it all goes by hand. */
const Keyboard = lazy(() => import('./keyboard').catch(() => ({ default: () => null })))

export function Everywhere() {
  const { history } = useRouter()
  useEffect(() => {
    const start = () => startServiceWorker((path) => history.push(path))
    // It fetches the files of every page. Without it there are no notifications, and nothing works offline; all else does.
    return whenCalm(() => void start().catch((error: unknown) => console.warn(error)), CALM_MS)
  }, [history])
  const client = useQueryClient()
  const owner = ownerOf(useMe())
  useEffect(() => keepFor(client, owner), [client, owner])
  useCarrier(owner)
  useBeingHere()
  return (
    <>
      <VersionNotice />
      <Suspense>
        <Keyboard />
      </Suspense>
    </>
  )
}
