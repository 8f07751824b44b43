/** What is there on every page for whoever is signed in, whatever they look at. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { startServiceWorker } from '@/shared/pwa/service-worker'
import { VersionNotice } from './version-notice'

export function Everywhere() {
  const { history } = useRouter()
  useEffect(() => {
    // Without it there are no notifications, and nothing works offline; all else does.
    startServiceWorker((path) => history.push(path)).catch((error: unknown) => console.warn(error))
  }, [history])
  return <VersionNotice />
}
