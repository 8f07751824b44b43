/** Recording what somebody says: the microphone's level while it runs, and the file at the end. */
import { useCallback, useEffect, useRef, useState } from 'react'

/** Best first; WhatsApp's own voice notes are Opus in Ogg. */
const FORMATS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']
const ENDINGS: Record<string, string> = { ogg: 'ogg', webm: 'webm', mp4: 'm4a' }
const TICK_MS = 80

export interface Recorder {
  state: 'starting' | 'recording' | 'refused'
  seconds: number
  /** How loud it was, 0 to 1, the newest last. */
  levels: number[]
  /** Ends it; the recording, or null if nothing was recorded. */
  finish: () => Promise<File | null>
}

const BARS = 48

/** Begins at once; ends when the component goes. */
export function useRecorder(): Recorder {
  const [state, setState] = useState<Recorder['state']>('starting')
  const [seconds, setSeconds] = useState(0)
  const [levels, setLevels] = useState<number[]>([])
  const running = useRef<Running | null>(null)

  useEffect(() => {
    const gone = new AbortController()
    start(gone.signal).then(
      (begun) => {
        running.current = begun
        setState('recording')
        begun.onTick = (level, at) => {
          setSeconds(at)
          setLevels((old) => [...old.slice(1 - BARS), level])
        }
      },
      () => {
        if (!gone.signal.aborted) setState('refused')
      },
    )
    return () => {
      gone.abort()
      running.current?.stop()
    }
  }, [])

  const finish = useCallback(() => running.current?.finish() ?? Promise.resolve(null), [])
  return { state, seconds, levels, finish }
}

interface Running {
  onTick: (level: number, seconds: number) => void
  stop: () => void
  finish: () => Promise<File | null>
}

/** Throws when the microphone is missing or not allowed. */
async function start(signal: AbortSignal): Promise<Running> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } })
  const release = () => stream.getTracks().forEach((track) => track.stop())
  if (signal.aborted) {
    release()
    throw new DOMException('gone', 'AbortError')
  }
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format)) ?? ''
  const recorder = new MediaRecorder(stream, mimeType === '' ? {} : { mimeType })
  const chunks: Blob[] = []
  recorder.ondataavailable = ({ data }) => chunks.push(data)
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  const meter = meterOf(stream)
  const began = performance.now()
  const timer = setInterval(() => running.onTick(meter.level(), (performance.now() - began) / 1000), TICK_MS)
  const running: Running = {
    onTick: () => undefined,
    stop: () => {
      clearInterval(timer)
      if (recorder.state !== 'inactive') recorder.stop()
      meter.close()
      release()
    },
    finish: async () => {
      running.stop()
      await ended
      return fileOf(chunks, recorder.mimeType)
    },
  }
  recorder.start()
  return running
}

function meterOf(stream: MediaStream): { level: () => number; close: () => void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, each) => sum + each * each, 0) / samples.length
      // Speech lies far below full scale; its root fills the bars better.
      return Math.min(1, Math.sqrt(Math.sqrt(power)) * 1.6)
    },
    close: () => void (context.state === 'closed' ? undefined : context.close()),
  }
}

function fileOf(chunks: Blob[], mimeType: string): File | null {
  const type = mimeType.split(';', 1)[0] ?? ''
  const blob = new Blob(chunks, { type })
  if (blob.size === 0) return null
  const ending = ENDINGS[type.split('/')[1] ?? ''] ?? 'webm'
  return new File([blob], `voice.${ending}`, { type })
}
