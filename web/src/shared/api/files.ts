/** Files behind the API. The bytes are fetched rather than shown by their address: so a file that fails can say why and be tried again. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { t } from '@/shared/i18n/t'
import { leave } from '@/shared/session/door'
import { Problem, problemFrom } from './problem'

export type FileVariant = 'original' | 'thumbnail'

/** How long bytes that nobody looks at stay in memory. */
const KEEP_MS = 3 * 60_000

export const filePath = (id: string, variant: FileVariant = 'original') =>
  `/api/v1/files/${encodeURIComponent(id)}${variant === 'thumbnail' ? '/thumbnail' : ''}`

const blobQuery = (path: string) =>
  queryOptions({
    queryKey: ['file', path],
    queryFn: ({ signal }) => fetchBlob(path, signal),
    staleTime: Infinity,
    gcTime: KEEP_MS,
  })

export interface FileBytes {
  /** For `src` and `href`; null until the bytes are here. */
  url: string | null
  blob: Blob | null
  error: Error | null
  retry: () => void
}

/** The bytes at `path`; nothing is fetched while it is null. */
export function useFile(path: string | null): FileBytes {
  const query = useQuery({ ...blobQuery(path ?? ''), enabled: path !== null })
  const blob = query.data ?? null
  return { url: useObjectUrl(blob), blob, error: query.error, retry: () => void query.refetch() }
}

/** Fetch and hand to the browser to keep. Throws Problem. */
export async function saveFile(path: string, name: string): Promise<void> {
  saveBlob(await fetchBlob(path), name)
}

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** An address for bytes of this page, given back when they are no longer shown. */
export function useObjectUrl(blob: Blob | null): string | null {
  const subscribe = useCallback((changed: () => void) => (blob === null ? () => undefined : hold(blob, changed)), [blob])
  return useSyncExternalStore(subscribe, () => (blob === null ? null : (held.get(blob)?.url ?? null)))
}

/** Those shown now, and in how many places. */
const held = new Map<Blob, { url: string; places: number }>()

function hold(blob: Blob, changed: () => void): () => void {
  const entry = held.get(blob) ?? { url: URL.createObjectURL(blob), places: 0 }
  entry.places += 1
  held.set(blob, entry)
  queueMicrotask(changed)
  return () => {
    entry.places -= 1
    if (entry.places > 0) return
    held.delete(blob)
    URL.revokeObjectURL(entry.url)
  }
}

async function fetchBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await fetch(path, { ...(signal !== undefined && { signal }) }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw new Problem(0, 'offline', t('The file could not be fetched. Check your connection, then try again.'))
  })
  if (response.status === 401) leave(true)
  if (!response.ok) throw problemFrom(await response.json().catch(() => null), response.status)
  return response.blob()
}
