/** A sticker: a small picture without a bubble. */
import { filePath, useFile } from '@/shared/api/files'
import { t } from '@/shared/i18n/t'
import type { FileView } from '../../files'
import { FileNotice } from './file-notice'

export function Sticker({ file }: { file: FileView | undefined }) {
  const ready = file?.state === 'ready'
  const { url, error } = useFile(ready ? filePath(file.id) : null)
  if (file?.state !== 'ready') {
    return <FileNotice noun="Sticker" file={file} />
  }
  if (error !== null) return <FileNotice noun="Sticker" reason={error.message} />
  if (url === null) return <span className="shimmer block size-32 rounded-2xl" />
  return <img src={url} alt={t('Sticker')} className="size-32 object-contain" />
}
