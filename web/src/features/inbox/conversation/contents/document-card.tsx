/** A document: its name, kind and size; a press saves it. */
import { Download, FileText } from 'lucide-react'
import { useState } from 'react'
import { filePath, saveFile, useFile } from '@/shared/api/files'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { bytesInWords } from '@/shared/lib/sizes'
import type { FileView } from '../../files'
import { FileNotice } from './file-notice'

interface Props {
  file: FileView | undefined
  /** As the sender named it. */
  name: string | null
}

export function DocumentCard({ file, name }: Props) {
  const title = name ?? file?.name ?? t('Document')
  return file?.state === 'ready' ? <Ready file={file} title={title} /> : <FileNotice noun={title} file={file} />
}

function Ready({ file, title }: { file: FileView; title: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const save = () => {
    setProblem(null)
    saveFile(filePath(file.id), title).catch((error: unknown) => setProblem(wordsFor(error)))
  }
  return (
    <>
      <button
        type="button"
        onClick={save}
        className="inset-card flex w-72 max-w-full items-center gap-3 px-3 py-2.5 text-start hover:brightness-95"
      >
        <FirstPage file={file} />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate text-sm font-semibold">{title}</bdi>
          <span className="block truncate text-xs opacity-85">{factsOf(file, title)}</span>
        </span>
        <Download aria-hidden className="size-4.5 shrink-0 opacity-80" />
        <span className="sr-only">{t('Save')}</span>
      </button>
      {problem !== null && (
        <p role="alert" className="mt-1 text-xs">
          {problem}
        </p>
      )}
    </>
  )
}

function FirstPage({ file }: { file: FileView }) {
  const { url } = useFile(file.has_thumbnail ? filePath(file.id, 'thumbnail') : null)
  if (url === null) return <FileText aria-hidden className="size-7 shrink-0 opacity-80" />
  return <img src={url} alt="" className="h-11 w-9 shrink-0 rounded border border-line object-cover object-top" />
}

function factsOf({ size, mime_type }: FileView, title: string): string {
  const ending = /\.(\w{1,5})$/.exec(title)?.[1] ?? mime_type?.split('/').at(-1)
  return [ending?.toUpperCase(), size === null ? null : bytesInWords(size)].filter(Boolean).join(' · ')
}
