/** Up to three answers to tap. */
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import type { Made } from './builder-dialog'
import { EMPTY_FRAME, framed, FrameFields, frameProblem, type Frame } from './frame-fields'
import { idFor, LIMITS, repeated } from './limits'

export function ButtonsForm({ onChange }: { onChange: (made: Made) => void }) {
  const [frame, setFrame] = useState(EMPTY_FRAME)
  const [titles, setTitles] = useState([''])

  function change(nextFrame: Frame, nextTitles: string[]) {
    setFrame(nextFrame)
    setTitles(nextTitles)
    onChange(made(nextFrame, nextTitles))
  }

  return (
    <>
      <FrameFields frame={frame} longestBody={LIMITS.body} onChange={(next) => change(next, titles)} />
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-semibold">{t('Answers')}</legend>
        {titles.map((title, index) => (
          <div key={index} className="flex items-end gap-1">
            <div className="flex-1">
              <Field
                label={t('Answer {number}', { number: index + 1 })}
                value={title}
                max={LIMITS.buttonTitle}
                required
                onChange={(value) => change(frame, titles.with(index, value))}
              />
            </div>
            {titles.length > 1 && (
              <IconButton label={t('Remove answer {number}', { number: index + 1 })} onClick={() => change(frame, titles.toSpliced(index, 1))} className="mb-0.5">
                <X aria-hidden className="size-4" />
              </IconButton>
            )}
          </div>
        ))}
        {titles.length < LIMITS.buttons && (
          <Button look="quiet" className="w-fit" onClick={() => change(frame, [...titles, ''])}>
            <Plus aria-hidden className="size-4" />
            {t('Add an answer')}
          </Button>
        )}
      </fieldset>
    </>
  )
}

function made(frame: Frame, titles: string[]): Made {
  const buttons = titles.map((title, index) => ({ id: idFor(title, index), title: title.trim() }))
  return { content: { type: 'buttons', ...framed(frame), buttons }, problem: problemOf(frame, titles) }
}

function problemOf(frame: Frame, titles: string[]): string | null {
  if (titles.some((title) => title.trim() === '')) return t('Every answer needs words.')
  if (titles.some((title) => Array.from(title.trim()).length > LIMITS.buttonTitle)) return t('An answer is too long.')
  const twice = repeated(titles)
  if (twice !== null) return t('“{twice}” is there twice.', { twice })
  return frameProblem(frame, LIMITS.body)
}
