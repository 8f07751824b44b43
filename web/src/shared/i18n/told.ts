/**
 * Sentences that the server says, in the language of the pages. As with `t`, the English sentence is its own name; where
 * the server fills a value in, the catalogue has its name in braces. What it does not know is shown as it was said.
 */
import { isolated } from './isolated'

interface Pattern {
  fits: RegExp
  words: string
}

const VALUE = /\{(\w+)\}/g
let whole: ReadonlyMap<string, string> = new Map()
let patterns: readonly Pattern[] = []

/** From now on the server is understood as `catalogue` says: English sentence, sentence of the language. */
export function understand(catalogue: Record<string, string>): void {
  const all = Object.entries(catalogue)
  whole = new Map(all)
  patterns = all.filter(([said]) => said.includes('{')).map(([said, words]) => ({ fits: patternOf(said), words }))
}

export function told(said: string): string {
  const words = whole.get(said)
  if (words !== undefined) return words
  for (const { fits, words: found } of patterns) {
    const values = fits.exec(said)?.groups
    if (values !== undefined) return found.replace(VALUE, (_, name: string) => isolated(values[name] ?? ''))
  }
  return said
}

function patternOf(said: string): RegExp {
  const parts = said.split(VALUE).map((part, place) => (place % 2 === 1 ? `(?<${part}>.*)` : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('')}$`, 's')
}
