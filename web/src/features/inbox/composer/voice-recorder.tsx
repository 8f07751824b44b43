/** In place of the reply box while somebody records a voice message. */
import { SendHorizontal, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { upload } from '@/shared/api/upload'
import { t } from '@/shared/i18n/t'
import { playTime } from '@/shared/lib/sizes'
import { Button, IconButton } from '@/shared/ui/button'
import { useRecorder } from './use-recorder'

interface Props {
  businessId: string
  onCancel: () => void
  onRecorded: (fileId: string) => void
}

export default function VoiceRecorder({ businessId, onCancel, onRecorded }: Props) {
  const { state, seconds, levels, finish } = useRecorder()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function send() {
    setSending(true)
    try {
      const file = await finish()
      if (file === null) throw new Error('nothing was recorded')
      const { id } = await upload({
        file,
        businessId,
        onProgress: () => undefined,
        signal: new AbortController().signal,
        voice: true,
      })
      onRecorded(id)
    } catch (error) {
      setProblem(wordsFor(error))
      setSending(false)
    }
  }

  if (state === 'refused') return <Refused onCancel={onCancel} />
  return (
    <div role="group" aria-label={t('Voice message')} className="rounded-2xl border border-line-strong bg-raised p-1.5">
      <div className="flex items-center gap-2">
        <IconButton label={t('Discard the recording')} onClick={onCancel} autoFocus>
          <Trash2 aria-hidden className="size-4.5" />
        </IconButton>
        <span aria-hidden className="size-2.5 shrink-0 animate-pulse rounded-full bg-bad" />
        <p role="timer" aria-label={t('Recorded')} className="w-10 text-sm tabular-nums">
          {playTime(seconds)}
        </p>
        <Levels levels={levels} />
        <Button
          look="main"
          aria-label={t('Send the voice message')}
          disabled={state !== 'recording' || sending || seconds < 0.5}
          onClick={() => void send()}
          className="size-9 px-0"
        >
          <SendHorizontal aria-hidden className="size-4.5 rtl:-scale-x-100" />
        </Button>
      </div>
      {problem !== null && (
        <p role="alert" className="px-2 pt-1 text-xs text-bad-ink">
          {problem}
        </p>
      )}
    </div>
  )
}

function Levels({ levels }: { levels: number[] }) {
  return (
    <div aria-hidden className="flex h-8 min-w-0 flex-1 items-center justify-end gap-0.5 overflow-hidden">
      {levels.map((level, index) => (
        <span key={index} className="w-1 shrink-0 rounded-full bg-accent" style={{ height: `${Math.max(8, level * 100)}%` }} />
      ))}
    </div>
  )
}

function Refused({ onCancel }: { onCancel: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-2xl border border-line-strong bg-raised px-4 py-2.5">
      <p className="min-w-48 flex-1 text-sm">
        <strong className="block font-semibold">{t('The microphone cannot be used')}</strong>
        <span className="text-soft">{t('Allow it for this page in the browser, and check that one is connected.')}</span>
      </p>
      <Button onClick={onCancel}>{t('Back to writing')}</Button>
    </div>
  )
}
