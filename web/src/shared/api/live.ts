/** Reads the live stream: server-sent events by fetch, which can say where it left off and sees why it is refused. */
import type { EventSourceMessage } from 'eventsource-parser'
import { leave } from '@/shared/session/door'

/** What the server tells, by name. `resync`: something may have been missed, so all that is shown may be old. */
export interface News {
  kind: string
  data: Record<string, unknown>
}
export type LiveState = 'connecting' | 'live' | 'lost'

const PATH = '/api/v1/live'
/** The server breathes every 15 s; after more than two missed breaths the line is dead. */
const SILENCE_MS = 40_000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 20_000
export const RESYNC: News = { kind: 'resync', data: {} }

export interface Listeners {
  onNews: (news: News) => void
  onState: (state: LiveState) => void
  /** At every sign of life. */
  onBreath: () => void
}

/** Listen until `signal` aborts; comes back by itself after every break, where it left off. */
export async function listenLive(listeners: Listeners, signal: AbortSignal): Promise<void> {
  let lastId: string | null = null
  let failures = 0
  const heard = (message: EventSourceMessage) => {
    if (message.id !== undefined) lastId = message.id
    const news = newsFrom(message)
    if (news !== null) listeners.onNews(news)
  }
  const opened = () => {
    failures = 0
    listeners.onState('live')
    listeners.onNews(RESYNC)
  }
  for (;;) {
    await readStream(lastId, { heard, opened, breathes: listeners.onBreath }, signal).catch(() => undefined)
    if (signal.aborted) return
    listeners.onState(failures === 0 ? 'connecting' : 'lost')
    await pause(retryAfter(failures, Math.random()), signal)
    failures += 1
  }
}

/** Twice as long after each failure, and somewhere in the upper half of it: a thousand pages do not come back at once. */
export function retryAfter(failures: number, chance: number): number {
  const longest = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS)
  return longest * (0.5 + chance / 2)
}

interface Reader {
  heard: (message: EventSourceMessage) => void
  opened: () => void
  breathes: () => void
}

async function readStream(lastId: string | null, reader: Reader, outer: AbortSignal): Promise<void> {
  const silence = new AbortController()
  const response = await fetch(PATH, {
    headers: headers(lastId),
    cache: 'no-store',
    signal: AbortSignal.any([outer, silence.signal]),
  })
  if (response.status === 401) leave(true)
  if (!response.ok || response.body === null) throw new Error(`live stream answered ${response.status}`)
  const { createParser } = await import('eventsource-parser')
  const parser = createParser({ onEvent: reader.heard })
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  let isOpen = false
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      // Its first words say that the server listens for us by now: what is asked for after them is not too old.
      if (!isOpen) reader.opened()
      isOpen = true
      reader.breathes()
      parser.feed(text)
    }
  } finally {
    clearTimeout(timer)
  }
}

function headers(lastId: string | null): Record<string, string> {
  return {
    Accept: 'text/event-stream',
    ...(lastId === null ? {} : { 'Last-Event-ID': lastId }),
  }
}

function newsFrom({ event, data }: EventSourceMessage): News | null {
  if (event === undefined) return null
  const told: unknown = JSON.parse(data)
  return typeof told === 'object' && told !== null ? { kind: event, data: told as Record<string, unknown> } : null
}

/** Ends sooner when the network comes back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    globalThis.addEventListener('online', wake, { once: true })
    signal.addEventListener('abort', wake, { once: true })
  })
}
