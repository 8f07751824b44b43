/**
 * One live stream for all tabs of a browser: browsers allow six connections to a server, and each tab's would be one.
 *
 * The tab that holds the lock reads the stream and repeats it to the others. When it closes, the lock
 * goes to the next. A tab that people look at and that hears nothing (the reader was frozen, as phones
 * do) takes the lock.
 */
import { listenLive, type LiveState, type News } from '@/shared/api/live'

interface Told {
  news?: News
  state?: LiveState
}
const WHO_READS = 'who reads?'

/** Three breaths of the server. */
const DEAD_AFTER_MS = 45_000
/** Whoever reads answers a new tab at once. */
const ANSWER_MS = 5_000
const LOOK_MS = 2_500

export interface Ears {
  onNews: (news: News) => void
  onState: (state: LiveState) => void
}

/** `whose`: who is signed in, so that nobody hears what another was told. Until `signal` aborts. */
export function listenTogether(whose: string, ears: Ears, signal: AbortSignal): void {
  if (!('locks' in navigator)) {
    // Only where the page came over plain http from another machine.
    void listenLive({ ...ears, onBreath: () => undefined }, signal)
    return
  }
  new Tab(`serai.live.${whose}`, ears, signal).join()
}

class Tab {
  private readonly channel: BroadcastChannel
  private state: LiveState = 'connecting'
  private deadAt = performance.now() + ANSWER_MS
  private reading: AbortController | null = null

  constructor(
    private readonly name: string,
    private readonly ears: Ears,
    private readonly signal: AbortSignal,
  ) {
    this.channel = new BroadcastChannel(name)
  }

  join(): void {
    this.channel.onmessage = ({ data }: MessageEvent<Told | typeof WHO_READS>) => {
      if (data !== WHO_READS) this.hear(data)
      else if (this.reading !== null) this.channel.postMessage({ state: this.state })
    }
    const look = setInterval(() => this.look(), LOOK_MS)
    this.signal.addEventListener('abort', () => {
      clearInterval(look)
      this.channel.close()
    })
    this.channel.postMessage(WHO_READS)
    this.stand(false)
  }

  /** In line for the lock; `first`: take it from whoever has it. */
  private stand(first: boolean): void {
    const options: LockOptions = first ? { steal: true } : { signal: this.signal }
    navigator.locks
      .request(this.name, options, () => this.read())
      .catch(() => {
        // Aborted, or another tab took the lock from us.
        this.reading?.abort()
        this.reading = null
        if (!this.signal.aborted) this.stand(false)
      })
  }

  private async read(): Promise<void> {
    this.reading = new AbortController()
    const all = {
      onNews: (news: News) => this.tell({ news }),
      onState: (state: LiveState) => this.tell({ state }),
      onBreath: () => this.tell({}),
    }
    await listenLive(all, AbortSignal.any([this.signal, this.reading.signal]))
  }

  private tell(told: Told): void {
    if (this.signal.aborted) return
    this.hear(told)
    this.channel.postMessage(told)
  }

  private hear({ news, state }: Told): void {
    this.deadAt = performance.now() + DEAD_AFTER_MS
    if (state !== undefined) this.ears.onState((this.state = state))
    if (news !== undefined) this.ears.onNews(news)
  }

  private look(): void {
    if (this.reading !== null || performance.now() < this.deadAt || document.visibilityState !== 'visible') return
    this.deadAt = performance.now() + DEAD_AFTER_MS
    this.stand(true)
  }
}
