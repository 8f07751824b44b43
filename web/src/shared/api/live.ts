/** The live stream: told what changed, we ask the API again. Read by fetch, because it needs the key as a header. */
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { apiKey, signOut } from './key'

/** What changed. `resync`: we may have missed something, so everything shown may be old. */
export type Change =
  | { kind: 'conversation' | 'message'; businessId: string; conversationId: string }
  | { kind: 'resync' }
export type LiveState = 'connecting' | 'live' | 'lost'

const PATH = '/api/v1/live'
/** The server breathes every 15 s; after more than two missed breaths the line is dead. */
const SILENCE_MS = 40_000
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000]

interface Listeners {
  onChange: (change: Change) => void
  onState: (state: LiveState) => void
}

/** Listen until `signal` aborts; comes back by itself after every break, where it left off. */
export async function listenLive(listeners: Listeners, signal: AbortSignal): Promise<void> {
  let lastId: string | null = null
  let failures = 0
  const heard = (message: EventSourceMessage) => {
    if (message.id !== undefined) lastId = message.id
    const change = changeFrom(message)
    if (change !== null) listeners.onChange(change)
  }
  const opened = () => {
    listeners.onChange({ kind: 'resync' })
    failures = 0
    listeners.onState('live')
  }
  for (;;) {
    await readStream(lastId, { heard, opened }, signal).catch(() => undefined)
    if (signal.aborted) return
    listeners.onState(failures === 0 ? 'connecting' : 'lost')
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0, signal)
    failures += 1
  }
}

interface Reader {
  heard: (message: EventSourceMessage) => void
  opened: () => void
}

async function readStream(lastId: string | null, reader: Reader, outer: AbortSignal): Promise<void> {
  const silence = new AbortController()
  const response = await fetch(PATH, {
    headers: headers(lastId),
    signal: AbortSignal.any([outer, silence.signal]),
  })
  if (response.status === 401) signOut(true)
  if (!response.ok || response.body === null) throw new Error(`live stream answered ${response.status}`)
  reader.opened()
  const parser = createParser({ onEvent: reader.heard })
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      parser.feed(text)
    }
  } finally {
    clearTimeout(timer)
  }
}

function headers(lastId: string | null): Record<string, string> {
  return {
    Accept: 'text/event-stream',
    Authorization: `Bearer ${apiKey() ?? ''}`,
    ...(lastId === null ? {} : { 'Last-Event-ID': lastId }),
  }
}

interface Wire {
  business_id?: string
  conversation_id?: string
}

function changeFrom({ event, data }: EventSourceMessage): Change | null {
  const wire = JSON.parse(data) as Wire
  if (event !== 'conversation' && event !== 'message') return null
  if (wire.business_id === undefined || wire.conversation_id === undefined) return null
  return { kind: event, businessId: wire.business_id, conversationId: wire.conversation_id }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { once: true })
  })
}
