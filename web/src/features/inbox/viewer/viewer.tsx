/** A picture or film over the whole page. Escape or a press beside it closes. */
import { Download, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { filePath, saveBlob, useFile } from '@/shared/api/files'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import type { FileView } from '../files'

interface Props {
  file: FileView
  kind: 'image' | 'video'
  caption: string | null
  onClose: () => void
}

export default function Viewer({ file, kind, caption, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const bytes = useFile(filePath(file.id))
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const close = () => dialog.current?.close()
  const title = kind === 'image' ? t('Picture') : t('Video')
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) close()
      }}
      className="m-0 h-dvh max-h-none w-screen max-w-none bg-black/92 p-0 text-white backdrop:bg-black/60"
    >
      <div className="pointer-events-none flex h-full flex-col">
        <header className="pointer-events-auto flex justify-end gap-1 p-2">
          <ViewerButton
            label={t('Save')}
            disabled={bytes.blob === null}
            onClick={() => bytes.blob !== null && saveBlob(bytes.blob, file.name ?? title.toLowerCase())}
          >
            <Download aria-hidden className="size-5" />
          </ViewerButton>
          <ViewerButton label={t('Close')} onClick={close} autoFocus>
            <X aria-hidden className="size-5" />
          </ViewerButton>
        </header>
        <div className="grid min-h-0 flex-1 place-items-center px-3 pb-3">
          {bytes.error === null ? (
            <Shown url={bytes.url} kind={kind} caption={caption} />
          ) : (
            <div role="alert" className="pointer-events-auto grid justify-items-center gap-3">
              <p>{wordsFor(bytes.error)}</p>
              <Button onClick={bytes.retry}>{t('Try again')}</Button>
            </div>
          )}
        </div>
        {caption !== null && (
          <p dir="auto" className="pointer-events-auto mx-auto max-h-32 max-w-3xl overflow-y-auto px-4 pb-5 text-center whitespace-pre-wrap">
            {caption}
          </p>
        )}
      </div>
    </dialog>
  )
}

function Shown({ url, kind, caption }: { url: string | null; kind: Props['kind']; caption: string | null }) {
  const look = 'pointer-events-auto max-h-full max-w-full object-contain min-h-0 rounded-lg'
  if (url === null) return <span role="status" aria-label={t('Loading')} className="size-10 animate-spin rounded-full border-2 border-white/25 border-t-white" />
  // What people film for us has no captions.
  if (kind === 'video') return <video src={url} controls autoPlay className={look} />
  return <img src={url} alt={caption ?? t('Picture without words')} className={look} />
}

function ViewerButton({ label, ...rest }: React.ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid size-10 place-items-center rounded-lg text-white/90 outline-white hover:bg-white/15 disabled:opacity-40"
      {...rest}
    />
  )
}
