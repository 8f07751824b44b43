/** A text with the places marked that were looked for. */
import { Fragment } from 'react'

interface Props {
  text: string
  /** From and to, in code points as the server counts. */
  marks: readonly (readonly number[])[]
}

export function Marked({ text, marks }: Props) {
  const chars = Array.from(text)
  const cut = (from: number, to?: number) => chars.slice(from, to).join('')
  return (
    <>
      {marks.map(([from = 0, to = 0], index) => (
        <Fragment key={from}>
          {cut(marks[index - 1]?.[1] ?? 0, from)}
          <mark className="rounded-sm bg-lamp-soft font-semibold text-lamp-ink">{cut(from, to)}</mark>
        </Fragment>
      ))}
      {cut(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}
