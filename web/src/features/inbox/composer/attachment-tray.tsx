/** The files that go with the next message: a small picture, how far they are uploaded, and out again. */
import { FileText, Film, Music, RotateCcw, X, type LucideIcon } from 'lucide-react'
import { filePath, useObjectUrl } from '@/shared/api/files'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { bytesInWords } from '@/shared/lib/sizes'
import { refusalOf } from './attachment-limits'
import type { Attachment, Attachments } from './use-attachments'

const ICONS: Record<string, LucideIcon> = { video: Film, audio: Music }

export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  return (
    <ul aria-label={t('Files to send')} className="flex gap-2 overflow-x-auto px-1 pt-2 pb-1.5 [scrollbar-width:thin] empty:hidden">
      {attachments.all.map((each) => (
        <li key={each.key}>
          <Tile
            attachment={each}
            onRemove={() => attachments.remove(each.key)}
            onRetry={each.file !== null && refusalOf(each.file) === null ? () => attachments.retry(each.key) : null}
          />
        </li>
      ))}
    </ul>
  )
}

interface TileProps {
  attachment: Attachment
  onRemove: () => void
  onRetry: (() => void) | null
}

function Tile({ attachment, onRemove, onRetry }: TileProps) {
  const { name, size, problem, progress, fileId } = attachment
  return (
    <div
      className={cx(
        'relative flex w-56 items-center gap-2.5 rounded-xl border p-1.5 pe-9',
        problem === null ? 'border-line bg-panel' : 'border-bad bg-bad-soft',
      )}
    >
      <Preview attachment={attachment} />
      <div className="min-w-0 flex-1 text-xs">
        <bdi className="block truncate font-medium">{name}</bdi>
        <p className={cx('line-clamp-2', problem === null ? 'text-soft' : 'text-bad-ink')}>
          {problem ?? bytesInWords(size)}
        </p>
        {problem !== null && onRetry !== null && (
          <button type="button" onClick={onRetry} className="mt-0.5 inline-flex items-center gap-1 font-medium text-bad-ink underline">
            <RotateCcw aria-hidden className="size-3" />
            {t('Try again')}
          </button>
        )}
      </div>
      <button
        type="button"
        aria-label={t('Remove {name}', { name })}
        title={t('Remove')}
        onClick={onRemove}
        className="absolute end-1 top-1 grid size-7 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
      {fileId === null && problem === null && (
        <div
          role="progressbar"
          aria-label={t('Uploading {name}', { name })}
          aria-valuenow={Math.round(progress * 100)}
          className="absolute inset-x-2 bottom-0.5 h-0.75 overflow-hidden rounded-full bg-sunken"
        >
          <div className="h-full rounded-full bg-accent-fill transition-[width]" style={{ width: `${progress * 100}%` }} />
        </div>
      )}
    </div>
  )
}

function Preview({ attachment: { file, fileId, kind } }: { attachment: Attachment }) {
  const own = useObjectUrl(kind === 'image' ? file : null)
  const url = file === null && fileId !== null && kind === 'image' ? filePath(fileId) : own
  const look = 'size-11 shrink-0 rounded-lg'
  if (url !== null) return <img src={url} alt="" className={`${look} object-cover`} />
  const Icon = ICONS[kind] ?? FileText
  return (
    <span className={`${look} grid place-items-center bg-sunken text-soft`}>
      <Icon aria-hidden className="size-5" />
    </span>
  )
}
