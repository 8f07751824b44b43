/** What a push message becomes: a notification, one for each conversation; a press on it opens that. */

/** What the server sends, encrypted for this browser alone. */
interface Pushed {
  title: string
  body: string
  /** Newer ones with the same take the place of older ones. */
  tag: string
  /** Of the words, and their direction. */
  lang: string
  dir: 'ltr' | 'rtl'
  /** What a press opens. */
  path: string
  /** To be heard even if it takes the place of another. */
  again: boolean
}

const NEUTRAL: Pushed = { title: 'Serai', body: 'There is something new.', tag: 'serai', lang: 'en', dir: 'ltr', path: '/inbox', again: false }

/** Browsers take the permission back from pages that get messages and show nothing: one that cannot be read shows too. */
export async function pushed(worker: ServiceWorkerGlobalScope, data: PushMessageData | null): Promise<void> {
  const { title, body, tag, path, lang, dir, again } = read(data)
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    lang,
    dir,
    tag,
    renotify: again,
    icon: '/icons/192.png',
    badge: '/icons/badge.png',
    data: { path },
  }
  await worker.registration.showNotification(title, options)
}

function read(data: PushMessageData | null): Pushed {
  try {
    return { ...NEUTRAL, ...(data?.json() as Partial<Pushed> | undefined) }
  } catch {
    return NEUTRAL
  }
}

export async function opened(worker: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
  notification.close()
  const { path } = notification.data as { path: string }
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [first] = pages.toSorted((a, b) => Number(b.focused) - Number(a.focused))
  if (first === undefined) {
    await worker.clients.openWindow(path)
    return
  }
  // The page goes there itself: a reload would cost it what somebody is writing.
  first.postMessage({ open: path })
  await first.focus().catch(() => undefined)
}

/** The browser took another address for us: the server must know it. */
export async function renewed(worker: ServiceWorkerGlobalScope): Promise<void> {
  const answer = await fetch('/api/v1/push/key')
  if (!answer.ok) return
  const { key } = (await answer.json()) as { key: string }
  const subscription = await worker.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  })
  await fetch('/api/v1/push/devices', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...subscription.toJSON(), name: null }),
  })
}
