/** What WhatsApp takes as which kind of message. Source: WhatsApp Cloud API, "Supported media types". */
const MB = 1_000_000

export type MediaKind = 'image' | 'video' | 'audio' | 'document'

/** Bytes. */
const LIMITS: Record<MediaKind, number> = { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB }

const KINDS: [MediaKind, RegExp][] = [
  ['image', /^image\/(jpeg|png)$/],
  ['video', /^video\/(mp4|3gpp)$/],
  ['audio', /^audio\/(aac|amr|mpeg|mp4|ogg)$/],
]

export interface Fit {
  /** null: WhatsApp does not take it at all. */
  kind: MediaKind | null
  /** What people should know about it. */
  note: string | null
}

/** As what a file can go out; one that is too large for its kind goes as a document. */
export function fitOf({ type, size }: Pick<File, 'type' | 'size'>): Fit {
  const bare = type.split(';', 1)[0] ?? ''
  const kind = KINDS.find(([, pattern]) => pattern.test(bare))?.[0] ?? 'document'
  if (size === 0) return { kind: null, note: 'The file is empty.' }
  if (size <= LIMITS[kind]) return { kind, note: noteFor(kind, bare) }
  if (size > LIMITS.document) return { kind: null, note: 'WhatsApp takes files up to 100 MB.' }
  return { kind: 'document', note: `Over ${LIMITS[kind] / MB} MB: goes as a document.` }
}

/** A picture that WhatsApp does not show goes as a file to open. */
function noteFor(kind: MediaKind, type: string): string | null {
  return kind === 'document' && /^(image|video|audio)\//.test(type) ? 'Goes as a document.' : null
}

/** Words under the file are possible for these only. */
export const takesCaption = (kind: MediaKind) => kind !== 'audio'
