/**
 * The sentences of the pages and their translations. `node scripts/sentences.js` fails on a translation that no page
 * says any more or that does not name the same values, and once more than a few sentences have none (those are shown
 * in English, and named here). `--write` brings the file in order: sorted, without what is gone.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import ts from 'typescript'

const ROOT = join(import.meta.dirname, '..')
const CATALOGUES = { ar: 'src/shared/i18n/ar.json' }

/** A language may be behind by this share of the sentences. */
const BEHIND = 0.03

const problems = []

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
}

/** Every first argument of `t(…)`, with where it stands. */
function sentencesOf(path) {
  const text = readFileSync(path, 'utf8')
  if (!text.includes('i18n/t') && !text.includes("from './t'")) return []
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found = []
  const at = (node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    return `${relative(ROOT, path)}:${line + 1}`
  }
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [message] = node.arguments
      if (message !== undefined && ts.isStringLiteralLike(message)) found.push([message.text, at(node)])
      else problems.push(`${at(node)}: the sentence has to stand in the call, as it is`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The names of the values that a message takes. Throws on a message that cannot be read. */
function valuesOf(message) {
  const names = new Set()
  const walk = (part) => {
    if (!Array.isArray(part)) return
    const [name, , cases] = part
    if (typeof name === 'string') names.add(name)
    if (cases !== null && typeof cases === 'object') Object.values(cases).forEach((each) => Array.isArray(each) && each.forEach(walk))
  }
  const tokens = compileMessage(message)
  if (Array.isArray(tokens)) tokens.forEach(walk)
  return [...names].sort().join(', ')
}

function check(catalogue, sentences) {
  const missing = [...sentences].filter(([sentence]) => catalogue[sentence] === undefined || catalogue[sentence] === '')
  for (const [sentence, place] of missing) console.error(`${place}: not translated: ${sentence}`)
  if (missing.length > BEHIND * sentences.size) problems.push(`${missing.length} of ${sentences.size} sentences are not translated`)
  for (const [sentence, place] of sentences) {
    const translation = catalogue[sentence] ?? ''
    if (translation !== '' && valuesOf(sentence) !== valuesOf(translation)) problems.push(`${place}: other values in the translation of: ${sentence}`)
  }
  for (const known of Object.keys(catalogue)) {
    if (!sentences.has(known)) problems.push(`no page says any more: ${known}`)
  }
}

const sentences = new Map(sourceFiles(join(ROOT, 'src')).flatMap(sentencesOf))
for (const name of Object.values(CATALOGUES)) {
  const path = join(ROOT, name)
  const kept = JSON.parse(readFileSync(path, 'utf8'))
  const names = [...sentences.keys()].sort()
  const next = Object.fromEntries(names.map((sentence) => [sentence, kept[sentence] ?? '']))
  if (process.argv.includes('--write')) writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`)
  else {
    check(kept, sentences)
    if (Object.keys(kept).join('\n') !== Object.keys(kept).sort().join('\n')) problems.push(`${name} is not sorted`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) console.error(`${problems.length} problems; node scripts/sentences.js --write brings the file in order`)
process.exitCode = problems.length === 0 ? 0 : 1
