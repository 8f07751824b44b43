/** What most of these messages have around what is tapped: header, text, footer. */
import { Field } from '@/shared/ui/field'
import { LIMITS } from './limits'

export interface Frame {
  header: string
  body: string
  footer: string
}

export const EMPTY_FRAME: Frame = { header: '', body: '', footer: '' }

interface Props {
  frame: Frame
  onChange: (frame: Frame) => void
  longestBody: number
}

export function FrameFields({ frame, onChange, longestBody }: Props) {
  return (
    <>
      <Field
        label="Text"
        value={frame.body}
        max={longestBody}
        long
        required
        autoFocus
        onChange={(body) => onChange({ ...frame, body })}
      />
      <div className="grid gap-4 two:grid-cols-2">
        <Field label="Header (optional)" value={frame.header} max={LIMITS.header} onChange={(header) => onChange({ ...frame, header })} />
        <Field label="Footer (optional)" value={frame.footer} max={LIMITS.footer} onChange={(footer) => onChange({ ...frame, footer })} />
      </div>
    </>
  )
}

/** As the API takes it: what is empty is left out. */
export function framed({ header, body, footer }: Frame) {
  return {
    body: body.trim(),
    ...(header.trim() !== '' && { header: { kind: 'text' as const, text: header.trim() } }),
    ...(footer.trim() !== '' && { footer: footer.trim() }),
  }
}

export function frameProblem({ header, body, footer }: Frame, longestBody: number): string | null {
  if (body.trim() === '') return 'Write the text.'
  const parts: [string, string, number][] = [
    ['text', body, longestBody],
    ['header', header, LIMITS.header],
    ['footer', footer, LIMITS.footer],
  ]
  const long = parts.find(([, text, max]) => Array.from(text.trim()).length > max)
  return long === undefined ? null : `The ${long[0]} is too long.`
}
