/** The fields of a template and its text as the person will read it. */
import { useState, type SubmitEvent } from 'react'
import type { NewContent, Template } from '@/shared/api/types'
import { Button } from '@/shared/ui/button'

interface Props {
  template: Template
  contactName: string | null
  onBack: () => void
  onSend: (content: NewContent, text: string) => void
}

export function TemplateForm({ template, contactName, onBack, onSend }: Props) {
  const [values, setValues] = useState(() => template.parameters.map((name) => suggestion(name, contactName)))
  const text = filled(template, values)

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const { name, language } = template
    const parameters = values.map((value) => value.trim())
    onSend({ type: 'template', name, language, parameters, body: '' }, text)
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-4 overflow-y-auto p-5">
        {template.parameters.map((name, index) => (
          <Field
            key={name}
            name={name}
            sample={template.samples[index]}
            value={values[index] ?? ''}
            onChange={(value) => setValues(values.with(index, value))}
            isFirst={index === 0}
          />
        ))}
        <div>
          <p className="mb-1.5 text-sm font-medium">They will read</p>
          <div className="rounded-2xl rounded-es-md bg-accent-soft px-4 py-3">
            {template.header !== null && <p dir="auto" className="mb-1 font-semibold">{template.header}</p>}
            <p dir="auto" className="break-words whitespace-pre-wrap">{text}</p>
          </div>
        </div>
      </div>
      <div className="flex justify-end gap-2 border-t border-line p-3">
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
        <Button look="main" type="submit">
          Send template
        </Button>
      </div>
    </form>
  )
}

interface FieldProps {
  name: string
  sample: string | undefined
  value: string
  onChange: (value: string) => void
  isFirst: boolean
}

function Field({ name, sample, value, onChange, isFirst }: FieldProps) {
  const id = `field-${name}`
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {labelOf(name)}
      </label>
      <input
        id={id}
        dir="auto"
        required
        pattern=".*\S.*"
        title="Meta refuses an empty field"
        autoFocus={isFirst}
        placeholder={sample === undefined ? undefined : `e.g. ${sample}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-10 w-full rounded-lg border border-line-strong bg-raised px-3 text-base placeholder:text-faint"
      />
    </div>
  )
}

/** A field that asks for the name is filled with what we know. */
function suggestion(parameter: string, contactName: string | null): string {
  return /(^|_)name$/.test(parameter) && contactName !== null ? contactName : ''
}

function labelOf(parameter: string): string {
  if (/^\d+$/.test(parameter)) return `Field ${parameter}`
  const words = parameter.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Fields may be written {{1}} or {{name}}; those still empty are named. */
function filled({ body, parameters }: Template, values: string[]): string {
  return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    const index = /^\d+$/.test(name) ? Number(name) - 1 : parameters.indexOf(name)
    const parameter = parameters[index]
    if (parameter === undefined) return placeholder
    return values[index]?.trim() || `[${labelOf(parameter)}]`
  })
}
