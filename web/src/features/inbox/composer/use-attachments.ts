/** The files chosen for the next message: uploaded at once, so that sending takes no time. */
import { useCallback, useState } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { upload } from '@/shared/api/upload'
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { toast } from '@/shared/ui/toast'
import { kindOf, refusalOf, type MediaKind } from './attachment-limits'

export interface Attachment {
  key: string
  name: string
  size: number
  /** null: it came with a quick reply, and is on the server. */
  file: File | null
  kind: MediaKind
  /** From 0 to 1. */
  progress: number
  /** The server's id, once it is there. */
  fileId: string | null
  problem: string | null
  stop: AbortController
}

export interface Attachments {
  all: Attachment[]
  add: (files: Iterable<File>) => void
  /** Those that are on the server already, by their ids. */
  addKept: (ids: readonly string[]) => void
  remove: (key: string) => void
  retry: (key: string) => void
  clear: () => void
}

/** More at once would be many messages by one press. */
const MOST = 10

export function useAttachments(businessId: string): Attachments {
  const [all, setAll] = useState<Attachment[]>([])

  const change = useCallback(
    (key: string, part: Partial<Attachment>) =>
      setAll((old) => old.map((each) => (each.key === key ? { ...each, ...part } : each))),
    [],
  )
  const begin = useCallback(
    ({ key, file, stop }: Attachment) => {
      if (file === null) return
      const onProgress = (progress: number) => change(key, { progress })
      upload({ file, businessId, onProgress, signal: stop.signal }).then(
        ({ id, kind }) => change(key, { fileId: id, kind: kind ?? 'document', progress: 1 }),
        (error: unknown) => change(key, { problem: wordsFor(error) }),
      )
    },
    [businessId, change],
  )
  const add = useCallback(
    (files: Iterable<File>) => {
      const chosen = [...files].map(attachmentOf)
      setAll((old) => [...old, ...chosen].slice(0, MOST))
      for (const each of chosen) if (each.problem === null) begin(each)
    },
    [begin],
  )
  const addKept = useCallback((ids: readonly string[]) => {
    void Promise.all(ids.map(keptFile)).then(
      (kept) => setAll((old) => [...old, ...kept].slice(0, MOST)),
      (error: unknown) => toast({ text: wordsFor(error), tone: 'bad' }),
    )
  }, [])
  return {
    all,
    add,
    addKept,
    remove: (key) => {
      all.find((each) => each.key === key)?.stop.abort()
      setAll((old) => old.filter((each) => each.key !== key))
    },
    retry: (key) => {
      const again = all.find((each) => each.key === key)
      if (again === undefined) return
      change(key, { problem: null, progress: 0 })
      begin(again)
    },
    clear: () => setAll([]),
  }
}

async function keptFile(id: string): Promise<Attachment> {
  const { name, kind, size } = await answer(api.GET('/api/v1/files/{file_id}/info', { params: { path: { file_id: id } } }))
  return {
    key: newId(),
    name: name ?? t('File'),
    size: size ?? 0,
    file: null,
    kind: kind ?? 'document',
    progress: 1,
    fileId: id,
    problem: null,
    stop: new AbortController(),
  }
}

function attachmentOf(file: File): Attachment {
  return {
    key: newId(),
    name: file.name,
    size: file.size,
    file,
    kind: kindOf(file),
    progress: 0,
    fileId: null,
    problem: refusalOf(file),
    stop: new AbortController(),
  }
}
