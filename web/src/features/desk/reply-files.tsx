/** The files that go with a quick reply: pictures of the menu, a price list. They are of one business. */
import { useQueries } from '@tanstack/react-query'
import { Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { upload } from '@/shared/api/upload'
import { t } from '@/shared/i18n/t'
import { bytesInWords } from '@/shared/lib/sizes'
import { Button } from '@/shared/ui/button'
import { fileQuery } from './api'

const MOST = 10

interface Props {
  /** null: of the whole company, which has no files. */
  businessId: string | null
  ids: string[]
  onChange: (ids: string[]) => void
}

export function ReplyFiles({ businessId, ids, onChange }: Props) {
  const picker = useRef<HTMLInputElement>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  async function add(file: File | undefined) {
    if (file === undefined || businessId === null) return
    setProblem(null)
    setProgress(0)
    try {
      const { id } = await upload({ file, businessId, onProgress: setProgress, signal: new AbortController().signal })
      onChange([...ids.filter((each) => each !== id), id])
    } catch (error) {
      setProblem(wordsFor(error))
    }
    setProgress(null)
  }
  if (businessId === null) return <p className="text-xs text-soft">{t('Choose one business to send files with it.')}</p>
  return (
    <div>
      <Chips ids={ids} onDrop={(id) => onChange(ids.filter((each) => each !== id))} />
      <Button size="small" busy={progress !== null} disabled={ids.length >= MOST} onClick={() => picker.current?.click()}>
        <Paperclip aria-hidden className="size-3.5" />
        {t('Attach a file')}
      </Button>
      {problem !== null && (
        <p role="alert" className="mt-1 text-xs text-bad-ink">
          {problem}
        </p>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('Attach a file')}
        onChange={({ target }) => {
          void add(target.files?.[0])
          target.value = ''
        }}
      />
    </div>
  )
}

function Chips({ ids, onDrop }: { ids: string[]; onDrop: (id: string) => void }) {
  const files = useQueries({ queries: ids.map(fileQuery) })
  return (
    <ul aria-label={t('Files')} className="mb-2 flex flex-wrap gap-1.5 empty:hidden">
      {ids.map((id, index) => {
        const name = files[index]?.data?.name ?? t('File')
        return (
          <li key={id} className="flex max-w-full items-center gap-2 rounded-lg border border-line bg-panel ps-2.5 text-xs">
            <bdi className="min-w-0 truncate font-medium">{name}</bdi>
            <span className="shrink-0 text-faint">{bytesInWords(files[index]?.data?.size ?? 0)}</span>
            <button
              type="button"
              aria-label={t('Remove {name}', { name })}
              onClick={() => onDrop(id)}
              className="grid size-7 shrink-0 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
