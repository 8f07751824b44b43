/** A voice note or a piece of sound: play, wind, speed; drawn as its loudness. */
import { Mic, Music, Pause, Play } from 'lucide-react'
import { useRef, useState, type RefObject } from 'react'
import { filePath, useFile } from '@/shared/api/files'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { playTime } from '@/shared/lib/sizes'
import type { FileView } from '../../files'
import { FileNotice } from './file-notice'
import { usePeaks } from './use-peaks'

const SPEEDS = [1, 1.5, 2] as const

export function VoicePlayer({ file, voice }: { file: FileView | undefined; voice: boolean }) {
  const noun = voice ? t('Voice message') : t('Sound')
  if (file?.state !== 'ready') {
    return <FileNotice noun={noun} file={file} />
  }
  return <Player file={file} noun={noun} Icon={voice ? Mic : Music} />
}

function Player({ file, noun, Icon }: { file: FileView; noun: string; Icon: typeof Mic }) {
  const { url, blob, error } = useFile(filePath(file.id))
  const peaks = usePeaks(blob)
  const audio = useRef<HTMLAudioElement>(null)
  const sound = useSound(audio, file.duration)
  if (error !== null) return <FileNotice noun={noun} reason={error.message} />
  return (
    <div role="group" aria-label={noun} className="flex w-72 max-w-full items-center gap-2.5 py-0.5">
      {/* Captions do not exist for what people say into a phone. */}
      <audio ref={audio} src={url ?? undefined} preload="metadata" {...sound.listeners} />
      <button
        type="button"
        aria-label={sound.playing ? t('Pause') : t('Play')}
        disabled={url === null}
        onClick={sound.toggle}
        className="grid size-10 shrink-0 place-items-center rounded-full border border-current/25 hover:bg-current/10"
      >
        {sound.playing ? (
          <Pause aria-hidden className="size-4.5 fill-current" />
        ) : (
          <Play aria-hidden className="ms-0.5 size-4.5 fill-current" />
        )}
      </button>
      <div className="min-w-0 flex-1">
        <Track peaks={peaks} at={sound.at} length={sound.length} onWind={sound.wind} />
        <p className="mt-0.5 flex items-center gap-1.5 text-2xs tabular-nums">
          <Icon aria-hidden className="size-3" />
          {playTime(sound.at)} / {playTime(sound.length)}
        </p>
      </div>
      <button
        type="button"
        aria-label={t('Speed {speed}', { speed: sound.speed })}
        onClick={sound.faster}
        className="h-6 w-10 shrink-0 rounded-full border border-current/25 text-2xs font-semibold tabular-nums hover:bg-current/10"
      >
        {sound.speed}×
      </button>
    </div>
  )
}

interface TrackProps {
  peaks: number[]
  at: number
  length: number
  onWind: (to: number) => void
}

/** Bars to look at, and over them a slider that hands and keys can move. */
function Track({ peaks, at, length, onWind }: TrackProps) {
  const share = length === 0 ? 0 : at / length
  return (
    <div className="relative h-7">
      <div aria-hidden className="flex h-full items-center gap-px">
        {peaks.map((peak, index) => (
          <span
            key={index}
            className={cx('flex-1 rounded-full bg-current', (index + 0.5) / peaks.length <= share ? 'opacity-90' : 'opacity-35')}
            style={{ height: `${Math.max(12, peak * 100)}%` }}
          />
        ))}
      </div>
      <input
        type="range"
        aria-label={t('Position')}
        aria-valuetext={t('{at} of {length}', { at: playTime(at), length: playTime(length) })}
        min={0}
        max={length}
        step={0.1}
        value={at}
        onChange={(event) => onWind(event.target.valueAsNumber)}
        className="absolute inset-0 w-full cursor-pointer opacity-0 focus-visible:opacity-100"
      />
    </div>
  )
}

interface Sound {
  playing: boolean
  /** Seconds. */
  at: number
  length: number
  speed: number
  toggle: () => void
  wind: (to: number) => void
  faster: () => void
  listeners: React.ComponentProps<'audio'>
}

/** The element is the truth; this is what it told last. */
function useSound(audio: RefObject<HTMLAudioElement | null>, told: number | null): Sound {
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState(told ?? 0)
  const [speed, setSpeed] = useState<number>(SPEEDS[0])
  const set = (change: Partial<Pick<HTMLAudioElement, 'currentTime' | 'playbackRate'>>) => {
    if (audio.current !== null) Object.assign(audio.current, change)
  }
  return {
    playing,
    at,
    length,
    speed,
    toggle: () => void (playing ? audio.current?.pause() : audio.current?.play().catch(() => setPlaying(false))),
    wind: (to) => {
      set({ currentTime: to })
      setAt(to)
    },
    faster: () => {
      const next = SPEEDS[(SPEEDS.findIndex((each) => each === speed) + 1) % SPEEDS.length] ?? 1
      set({ playbackRate: next })
      setSpeed(next)
    },
    listeners: {
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onTimeUpdate: (event) => setAt(event.currentTarget.currentTime),
      // Recordings of browsers do not say how long they are; the server does.
      onDurationChange: ({ currentTarget: { duration } }) => {
        if (Number.isFinite(duration)) setLength(duration)
      },
    },
  }
}
