/** The fields of a template and the message as the person will see it. */
import { useMemo, useState, type SubmitEvent } from 'react'
import type { Conversation, NewContent, Template } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { TemplateView } from '../../conversation/contents/template-view'
import { FilesContext, type FileView } from '../../files'
import { isFileKind } from './file-field'
import { valuesOf, type Given } from './given'
import { NeedField } from './need-field'
import { previewOf } from './preview'

interface Props {
  template: Template
  conversation: Conversation
  onBack: () => void
  onSend: (content: NewContent, text: string) => void
}

export function TemplateForm({ template, conversation, onBack, onSend }: Props) {
  const [given, setGiven] = useState<Given>(() => suggestions(template, conversation.contact.name))
  const [files, setFiles] = useState<FileView[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const preview = previewOf(template, given)
  const byId = useMemo(() => new Map(files.map((file) => [file.id, file])), [files])

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const missing = template.needs.some(({ field, kind }) => isFileKind(kind) && (given[field] ?? '') === '')
    if (missing) {
      setProblem(t('Choose the file first, and wait until it is uploaded.'))
      return
    }
    const { name, language } = template
    onSend({ type: 'template', name, language, values: valuesOf(template.needs, given) }, preview.body ?? '')
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-4 overflow-y-auto p-5">
        {template.needs.map((need, index) => (
          <NeedField
            key={need.field}
            need={need}
            given={given}
            sample={sampleOf(template, need.field)}
            businessId={conversation.business_id}
            isFirst={index === 0}
            onChange={(part) => {
              setGiven((old) => ({ ...old, ...part }))
              setProblem(null)
            }}
            onFile={(file) => setFiles((old) => [...old, file])}
          />
        ))}
        <div>
          <p className="mb-1.5 text-sm font-medium">{t('They will read')}</p>
          <div className="w-fit max-w-full rounded-2xl rounded-es-md bg-accent-soft px-4 py-3">
            <FilesContext value={byId}>
              <TemplateView content={preview} />
            </FilesContext>
          </div>
        </div>
      </div>
      <div className="flex items-center justify-end gap-2 border-t border-line p-3">
        {problem !== null && (
          <p role="alert" className="me-auto ps-2 text-sm text-bad-ink">
            {problem}
          </p>
        )}
        <Button look="quiet" onClick={onBack}>
          {t('Back')}
        </Button>
        <Button look="main" type="submit">
          {t('Send template')}
        </Button>
      </div>
    </form>
  )
}

/** A field that asks for the name is filled with what we know. */
function suggestions({ needs }: Template, contactName: string | null): Given {
  if (contactName === null) return {}
  const names = needs.filter(({ field }) => /^body\.(.*_)?name$/.test(field))
  return Object.fromEntries(names.map(({ field }) => [field, contactName]))
}

function sampleOf({ parameters, samples }: Template, field: string): string | undefined {
  const index = parameters.findIndex((name) => field === `body.${name}`)
  return index < 0 ? undefined : samples[index]
}
