/** WhatsApp's own marks in a text: *bold*, _italic_, ~struck~ and `code`. */
import { Fragment, type ReactNode } from 'react'

/** A mark counts only around whole words, so that 2*3*4 and a_file_name stay as they are. */
const MARKED = /(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u

const TAGS: Record<string, 'strong' | 'em' | 's' | 'code'> = { '*': 'strong', _: 'em', '~': 's', '`': 'code' }

export function Formatted({ text }: { text: string }): ReactNode {
  const found = MARKED.exec(text)
  const [whole, mark, inner] = found ?? []
  const Tag = TAGS[mark ?? '']
  if (found === null || whole === undefined || inner === undefined || Tag === undefined) return text
  return (
    <Fragment>
      {text.slice(0, found.index)}
      <Tag>{Tag === 'code' ? inner : <Formatted text={inner} />}</Tag>
      <Formatted text={text.slice(found.index + whole.length)} />
    </Fragment>
  )
}

/** The text without its marks, for one line in a list. */
export function withoutMarks(text: string): string {
  return text.replaceAll(new RegExp(MARKED, 'gu'), '$2')
}
