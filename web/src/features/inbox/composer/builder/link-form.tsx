/** One button that opens an address on the web. */
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Field } from '@/shared/ui/field'
import type { Made } from './builder-dialog'
import { EMPTY_FRAME, framed, FrameFields, frameProblem } from './frame-fields'
import { LIMITS } from './limits'

const EMPTY = { frame: EMPTY_FRAME, label: '', url: '' }

export function LinkForm({ onChange }: { onChange: (made: Made) => void }) {
  const [values, setValues] = useState(EMPTY)

  function change(part: Partial<typeof EMPTY>) {
    const next = { ...values, ...part }
    setValues(next)
    const { frame, label, url } = next
    onChange({
      content: { type: 'link_button', ...framed(frame), label: label.trim(), url: url.trim() },
      problem: problemOf(next),
    })
  }

  return (
    <>
      <FrameFields frame={values.frame} longestBody={LIMITS.body} onChange={(frame) => change({ frame })} />
      <Field label={t('Words on the button')} value={values.label} max={LIMITS.linkLabel} required onChange={(label) => change({ label })} />
      <Field
        label={t('Address')}
        type="url"
        dir="ltr"
        value={values.url}
        max={LIMITS.link}
        required
        placeholder="https://"
        onChange={(url) => change({ url })}
      />
    </>
  )
}

function problemOf({ frame, label, url }: typeof EMPTY): string | null {
  if (label.trim() === '') return t('The button needs words.')
  if (Array.from(label.trim()).length > LIMITS.linkLabel) return t('The words on the button are too long.')
  if (!/^https?:\/\/\S+$/.test(url.trim())) return t('The address must begin with https://')
  return frameProblem(frame, LIMITS.body)
}
