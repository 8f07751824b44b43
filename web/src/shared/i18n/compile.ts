/**
 * ICU messages, read into what Lingui formats: the part of the syntax that our sentences use. Lingui's own reader knows
 * all of it, dates and number skeletons too, and weighs as much as the rest of the translations together.
 */
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'

type Token = string | [string] | [string, string] | [string, string, Record<string, unknown>]

const ARGUMENT = /\s*(\w+)\s*(?:,\s*(\w+)\s*)?/y
const OFFSET = /\s*offset\s*:\s*(\d+)/y
const CASE = /\s*(=?\w+)\s*\{/y
const CLOSE = /\s*\}/y
const CHOICES = ['plural', 'selectordinal', 'select']

/** A message that cannot be read is shown as it is written. */
export function compile(message: string): CompiledMessage {
  try {
    const reader = { text: message, at: 0 }
    const tokens = read(reader, false)
    if (reader.at < message.length) throw new Error('Unexpected }')
    return tokens
  } catch (error) {
    console.error(`${String(error)} in the message: ${message}`)
    return [message] as CompiledMessage
  }
}

interface Reader {
  text: string
  at: number
}

/** Until the brace that closes it, or the end. */
function read(reader: Reader, counts: boolean): Token[] {
  const tokens: Token[] = []
  let plain = ''
  const push = (token: Token | null) => {
    if (plain !== '') tokens.push(plain)
    plain = ''
    if (token !== null) tokens.push(token)
  }
  while (reader.at < reader.text.length && reader.text[reader.at] !== '}') {
    const char = reader.text.charAt(reader.at)
    if (char === '{') push(argument(reader, counts))
    else if (char === '#' && counts) push(hash(reader))
    else plain += char === "'" ? quoted(reader, counts) : next(reader)
  }
  push(null)
  return tokens
}

const next = (reader: Reader) => reader.text.charAt(reader.at++)

function hash(reader: Reader): string {
  reader.at++
  return '#'
}

/** `''` is an apostrophe; one before a brace takes what follows as it is written; any other stands for itself. */
function quoted(reader: Reader, counts: boolean): string {
  const { text, at } = reader
  const following = text.charAt(at + 1)
  if (following === "'") {
    reader.at += 2
    return "'"
  }
  if (following === '' || !(counts ? '{}#' : '{}').includes(following)) return next(reader)
  const end = text.indexOf("'", at + 1)
  reader.at = end < 0 ? text.length : end + 1
  return text.slice(at + 1, end < 0 ? undefined : end)
}

function argument(reader: Reader, counts: boolean): Token {
  reader.at++
  const [, name = '', kind] = take(reader, ARGUMENT)
  if (kind === undefined || !CHOICES.includes(kind)) {
    take(reader, CLOSE)
    return kind === undefined ? [name] : [name, kind]
  }
  if (reader.text[reader.at] !== ',') throw new Error('Expected ,')
  reader.at++
  const cases: Record<string, unknown> = { offset: offsetOf(reader) }
  for (let found = tried(reader, CASE); found !== null; found = tried(reader, CASE)) {
    cases[(found[1] ?? '').replace('=', '')] = read(reader, counts || kind !== 'select')
    take(reader, CLOSE)
  }
  take(reader, CLOSE)
  return [name, kind, cases]
}

function offsetOf(reader: Reader): number | undefined {
  const found = tried(reader, OFFSET)
  return found === null ? undefined : Number(found[1])
}

function tried(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found !== null) reader.at = pattern.lastIndex
  return found
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray {
  const found = tried(reader, pattern)
  if (found === null) throw new Error(`Unexpected text at ${reader.at}`)
  return found
}
