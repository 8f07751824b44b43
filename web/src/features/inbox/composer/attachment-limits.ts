/** What WhatsApp takes, as far as can be said before the server has looked. Source: WhatsApp Cloud API, "Supported media types". */
import { t } from '@/shared/i18n/t'

const MEGABYTE = 1024 * 1024
const LARGEST = 100 * MEGABYTE

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker'

interface Rule {
  kind: MediaKind
  types: RegExp
  largest: number
  words: () => string
}

const RULES: Rule[] = [
  { kind: 'image', types: /^image\/(jpeg|png)$/, largest: 5 * MEGABYTE, words: () => t('A picture may have 5 MB at most.') },
  { kind: 'video', types: /^video\/(mp4|3gpp)$/, largest: 16 * MEGABYTE, words: () => t('A film may have 16 MB at most.') },
  { kind: 'audio', types: /^audio\//, largest: 16 * MEGABYTE, words: () => t('A recording may have 16 MB at most.') },
]

/** As what it will probably go; the server looks at the bytes and knows. */
export const kindOf = ({ type }: Pick<File, 'type'>): MediaKind => ruleFor(type)?.kind ?? 'document'

/** Why it cannot go, or null. */
export function refusalOf({ type, size }: Pick<File, 'type' | 'size'>): string | null {
  if (size === 0) return t('The file is empty.')
  if (size > LARGEST) return t('A file may have 100 MB at most.')
  const rule = ruleFor(type)
  return rule !== undefined && size > rule.largest ? rule.words() : null
}

const ruleFor = (type: string) => RULES.find(({ types }) => types.test(type.split(';', 1)[0] ?? ''))

/** Words under the file are possible for these only. */
export const takesCaption = (kind: MediaKind) => kind !== 'audio' && kind !== 'sticker'
