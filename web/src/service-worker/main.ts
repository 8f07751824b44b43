/**
 * The service worker: the pages without a network, and notifications while no page is open.
 *
 * It keeps the pages' own files and nothing else. What the API answers belongs to whoever is signed
 * in, and is never kept here.
 */
import { keepsFonts, keepsShell, newerPage, page, shellFile, tidy } from './cache'
import { opened, pushed, renewed } from './push'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => event.waitUntil(keepsShell()))

self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())))

self.addEventListener('message', ({ data }) => {
  // The reader was asked: "New version".
  if (data === 'take over') void self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || isOfTheServer(pathname)) return
  if (request.mode === 'navigate') event.respondWith(opens(request))
  else if (request.destination === 'font') event.respondWith(keepsFonts(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(shellFile(request))
})

self.addEventListener('push', (event) => event.waitUntil(pushed(self, event.data)))
self.addEventListener('notificationclick', (event) => event.waitUntil(opened(self, event.notification)))
self.addEventListener('pushsubscriptionchange', (event) => {
  ;(event as ExtendableEvent).waitUntil(renewed(self))
})

/**
 * Without waiting for the network. A newer version is fetched beside the page that is shown, and takes over when the
 * reader says so, or when a page is opened and there is no other: nobody is then in the middle of anything.
 */
async function opens(request: Request): Promise<Response> {
  const { waiting } = self.registration
  const others = waiting === null ? [] : await self.clients.matchAll({ type: 'window' })
  if (waiting === null || others.length > 0) return page(request)
  waiting.postMessage('take over')
  return newerPage(request)
}

function isOfTheServer(pathname: string): boolean {
  return ['/api/', '/webhooks/', '/health/', '/flows/'].some((start) => pathname.startsWith(start))
}
