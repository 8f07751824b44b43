/** Makes a message with something to tap, and shows it as the person will see it. */
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { InteractiveView } from '../../conversation/contents/interactive-view'
import { ButtonsForm } from './buttons-form'
import { LinkForm } from './link-form'
import { ListForm } from './list-form'

export type BuilderKind = 'buttons' | 'list' | 'link_button'

export type Built = Extract<NewContent, { type: BuilderKind }>

/** What a form has made so far. */
export interface Made {
  content: Built
  /** What is still wrong with it, in words. */
  problem: string | null
}

interface Props {
  kind: BuilderKind
  onClose: () => void
  onSend: (content: NewContent, text: string) => void
}

const TITLES: Record<BuilderKind, () => string> = {
  buttons: () => t('Answers to tap'),
  list: () => t('Menu with a list'),
  link_button: () => t('Button with a link'),
}

const FORMS = { buttons: ButtonsForm, list: ListForm, link_button: LinkForm }

export default function BuilderDialog({ kind, onClose, onSend }: Props) {
  const [made, setMade] = useState<Made | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const Form = FORMS[kind]

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (made === null) return
    if (made.problem !== null) setProblem(made.problem)
    else onSend(made.content, made.content.body)
  }
  function change(next: Made) {
    setMade(next)
    setProblem(null)
  }

  return (
    <Dialog title={TITLES[kind]()} onClose={onClose} wide>
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 flex-1 content-start gap-6 overflow-y-auto p-5 wide:grid-cols-[minmax(0,1fr)_19rem]">
          <div className="grid content-start gap-4">
            <Form onChange={change} />
          </div>
          <Preview>
            {made === null ? <p className="text-sm text-soft">{t('What you write.')}</p> : <InteractiveView content={made.content} />}
          </Preview>
        </div>
        <div className="flex items-center justify-end gap-2 border-t border-line p-3">
          {problem !== null && (
            <p role="alert" className="me-auto ps-2 text-sm text-bad-ink">
              {problem}
            </p>
          )}
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit">
            {t('Send')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Preview({ children }: { children: ReactNode }) {
  return (
    <section aria-label={t('Preview')} className="min-w-0">
      <h3 className="mb-1.5 text-sm font-medium">{t('They will see')}</h3>
      <div className="w-fit max-w-full rounded-2xl rounded-es-md bg-accent-soft px-3.5 py-2.5">{children}</div>
    </section>
  )
}
