/** What most of these messages have around what is tapped: header, text, footer. */
import { t } from '@/shared/i18n/t'
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
        label={t('Text')}
        value={frame.body}
        max={longestBody}
        long
        required
        autoFocus
        onChange={(body) => onChange({ ...frame, body })}
      />
      <div className="grid gap-4 two:grid-cols-2">
        <Field label={t('Header (optional)')} value={frame.header} max={LIMITS.header} onChange={(header) => onChange({ ...frame, header })} />
        <Field label={t('Footer (optional)')} value={frame.footer} max={LIMITS.footer} onChange={(footer) => onChange({ ...frame, footer })} />
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
  if (body.trim() === '') return t('Write the text.')
  const parts: [() => string, string, number][] = [
    [() => t('The text is too long.'), body, longestBody],
    [() => t('The header is too long.'), header, LIMITS.header],
    [() => t('The footer is too long.'), footer, LIMITS.footer],
  ]
  const long = parts.find(([, text, max]) => Array.from(text.trim()).length > max)
  return long === undefined ? null : long[0]()
}
