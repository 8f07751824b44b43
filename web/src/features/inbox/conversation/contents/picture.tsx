/** A picture or a film in the thread: small until it is pressed, then as large as the page. */
import { Play } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { filePath, useFile } from '@/shared/api/files'
import { t } from '@/shared/i18n/t'
import { playTime } from '@/shared/lib/sizes'
import type { FileView } from '../../files'
import { FileNotice } from './file-notice'

const Viewer = lazy(() => import('../../viewer/viewer'))

/** CSS pixels. */
const WIDEST = 320
const TALLEST = 340
const USUAL = { width: 4, height: 3 }

interface Props {
  file: FileView | undefined
  kind: 'image' | 'video'
  caption: string | null
}

export function Picture({ file, kind, caption }: Props) {
  const [open, setOpen] = useState(false)
  const noun = kind === 'image' ? t('Picture') : t('Video')
  if (file?.state !== 'ready') {
    return <FileNotice noun={noun} file={file} />
  }
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={labelOf(noun, file, caption)}
        style={sizeOf(file)}
        className="relative block max-w-full overflow-hidden rounded-xl bg-sunken text-ink"
      >
        <Thumbnail file={file} />
        {kind === 'video' && <PlayMark seconds={file.duration} />}
      </button>
      {open && (
        <Suspense>
          <Viewer file={file} kind={kind} caption={caption} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

function Thumbnail({ file }: { file: FileView }) {
  const path = pathOf(file)
  const small = useFile(path)
  if (small.error !== null) return <span className="grid size-full place-items-center p-3 text-xs text-soft">{t('No preview')}</span>
  if (small.url === null) return path === null ? null : <span className="shimmer block size-full" />
  return <img src={small.url} alt="" className="size-full object-cover" />
}

function labelOf(noun: string, { duration }: FileView, caption: string | null): string {
  const facts = [caption, duration === null ? null : playTime(duration)].filter((each) => each !== null && each !== '')
  return [noun === t('Picture') ? t('Open the picture') : t('Open the video'), ...facts].join(', ')
}

/** A small picture if there is one; the whole of a picture too small to need it; nothing of a film. */
function pathOf({ id, has_thumbnail, mime_type }: FileView): string | null {
  if (has_thumbnail) return filePath(id, 'thumbnail')
  return mime_type?.startsWith('image/') === true ? filePath(id) : null
}

function PlayMark({ seconds }: { seconds: number | null }) {
  return (
    <span aria-hidden className="absolute inset-0 grid place-items-center bg-black/35">
      <span className="grid size-12 place-items-center rounded-full bg-black/60 text-white">
        <Play className="ms-0.5 size-5.5 fill-current" />
      </span>
      {seconds !== null && (
        <span className="absolute start-2 bottom-2 rounded bg-black/65 px-1.5 py-0.5 text-2xs font-medium text-white tabular-nums">
          {playTime(seconds)}
        </span>
      )}
    </span>
  )
}

/** The room is kept before the bytes are here, so that nothing jumps. */
function sizeOf({ width, height }: FileView): { width: number; aspectRatio: string } {
  const shape = width !== null && height !== null && width > 0 && height > 0 ? { width, height } : USUAL
  const scale = Math.min(WIDEST / shape.width, TALLEST / shape.height)
  return { width: Math.max(96, Math.round(shape.width * scale)), aspectRatio: `${shape.width} / ${shape.height}` }
}
