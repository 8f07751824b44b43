/** Chooses one file for the header of a template and uploads it at once. */
import { FileUp } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { upload } from '@/shared/api/upload'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import type { FileView } from '../../files'

type FileKind = 'image' | 'video' | 'gif' | 'document'

interface Props {
  label: string
  kind: FileKind
  businessId: string
  onUploaded: (file: FileView) => void
  onCleared: () => void
}

/** What the browser offers to choose. Source: WhatsApp Cloud API, "Supported media types". */
const ACCEPTED: Record<FileKind, string> = {
  image: 'image/jpeg,image/png',
  video: 'video/mp4,video/3gpp',
  gif: 'video/mp4',
  document: 'application/pdf',
}

export function FileField({ label, kind, businessId, onUploaded, onCleared }: Props) {
  const id = useId()
  const picker = useRef<HTMLInputElement>(null)
  const [name, setName] = useState<string | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  function choose(file: File | undefined) {
    if (file === undefined) return
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    setName(file.name)
    setProblem(null)
    onCleared()
    upload({ file, businessId, onProgress: setProgress, signal: mine.signal })
      .then(onUploaded, (error: unknown) => mine.signal.aborted || setProblem(wordsFor(error)))
      .finally(() => stop.current === mine && setProgress(null))
  }

  return (
    <div>
      <p id={id} className="mb-1.5 text-sm font-medium">
        {label}
      </p>
      <div className="flex items-center gap-3">
        <Button aria-describedby={id} onClick={() => picker.current?.click()}>
          <FileUp aria-hidden className="size-4" />
          {NOUNS[kind]()}
        </Button>
        <p className="min-w-0 flex-1 truncate text-sm text-soft">
          <bdi>{name}</bdi>
          {progress !== null && ` · ${Math.round(progress * 100)} %`}
        </p>
      </div>
      {problem !== null && (
        <p role="alert" className="mt-1 text-xs text-bad-ink">
          {problem}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={label}
        accept={ACCEPTED[kind]}
        onChange={({ target }) => {
          choose(target.files?.[0])
          target.value = ''
        }}
      />
    </div>
  )
}

export const isFileKind = (kind: string): kind is FileKind => kind in ACCEPTED

const NOUNS: Record<FileKind, () => string> = {
  image: () => t('Choose a picture'),
  video: () => t('Choose a video'),
  gif: () => t('Choose a short film'),
  document: () => t('Choose a PDF'),
}
