/** A new tag, or another name and colour for one. */
import { Check } from 'lucide-react'
import { RadioGroup as Radix } from 'radix-ui'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { TAG_COLOURS, TagDot, TagMark } from '@/shared/ui/tag'
import { useAddTag, useChangeTag, type Tag } from './api'

interface Props {
  businessId: string
  /** `null`: a new one. */
  tag: Tag | null
  onClose: () => void
}

type Colour = Tag['colour']

export function TagDialog({ businessId, tag, onClose }: Props) {
  const add = useAddTag()
  const change = useChangeTag(tag?.id ?? '')
  if (tag === null) {
    return (
      <Form
        title={t('Add a tag')}
        verb={t('Add')}
        first={{ name: '', colour: 'blue' }}
        saving={add}
        onSave={(look) => add.mutate({ business_id: businessId, ...look }, { onSuccess: onClose })}
        onClose={onClose}
      />
    )
  }
  return (
    <Form
      title={t('Change the tag')}
      verb={t('Save')}
      first={tag}
      saving={change}
      onSave={(look) => change.mutate(look, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

interface Look {
  name: string
  colour: Colour
}

interface FormProps {
  title: string
  verb: string
  first: Look
  saving: { error: Error | null; isPending: boolean }
  onSave: (look: Look) => void
  onClose: () => void
}

function Form({ title, verb, first, saving, onSave, onClose }: FormProps) {
  const [name, setName] = useState(first.name)
  const [colour, setColour] = useState(first.colour)
  const wanted = name.trim()
  function submit(event: SubmitEvent) {
    event.preventDefault()
    onSave({ name: wanted, colour })
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} className="contents">
        <div className="grid gap-4 overflow-y-auto p-5">
          <Field label={t('Name')} value={name} max={40} autoFocus onChange={setName} problem={saving.error === null ? null : wordsFor(saving.error)} />
          <Colours value={colour} onChange={setColour} />
          <p className="flex items-center gap-2 text-sm text-soft">
            {t('It looks like this:')} <TagMark tag={{ name: wanted === '' ? t('Name') : wanted, colour }} />
          </p>
        </div>
        <DialogFoot>
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit" busy={saving.isPending} disabled={wanted === ''}>
            {verb}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Colours({ value, onChange }: { value: Colour; onChange: (colour: Colour) => void }) {
  const names: Record<string, string> = {
    grey: t('Grey'), red: t('Red'), orange: t('Orange'), yellow: t('Yellow'), green: t('Green'), teal: t('Teal'), blue: t('Blue'), purple: t('Purple'), pink: t('Pink'),
  }
  return (
    <div>
      <p className="mb-1.5 text-sm font-medium">{t('Colour')}</p>
      <Radix.Root aria-label={t('Colour')} orientation="horizontal" value={value} onValueChange={(next) => onChange(next as Colour)} className="flex flex-wrap gap-1.5">
        {TAG_COLOURS.map((each) => (
          <Radix.Item
            key={each}
            value={each}
            aria-label={names[each] ?? each}
            title={names[each] ?? each}
            className="grid size-9 place-items-center rounded-lg border border-line hover:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            {each === value ? <Check aria-hidden className="size-4 text-accent" /> : <TagDot colour={each} />}
          </Radix.Item>
        ))}
      </Radix.Root>
    </div>
  )
}
