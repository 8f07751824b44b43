/** A menu that opens from one button: sections of rows. */
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import type { Made } from './builder-dialog'
import { EMPTY_FRAME, FrameFields } from './frame-fields'
import { LIMITS } from './limits'
import { EMPTY_ROW, listContent, listProblem, type DraftRow, type DraftSection, type ListDraft } from './list-draft'

const EMPTY: ListDraft = { frame: EMPTY_FRAME, button: '', sections: [{ title: '', rows: [EMPTY_ROW] }] }

export function ListForm({ onChange }: { onChange: (made: Made) => void }) {
  const [draft, setDraft] = useState(EMPTY)
  const { sections } = draft
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0)

  function change(part: Partial<ListDraft>) {
    const next = { ...draft, ...part }
    setDraft(next)
    onChange({ content: listContent(next), problem: listProblem(next) })
  }

  return (
    <>
      <FrameFields frame={draft.frame} longestBody={LIMITS.listBody} onChange={(frame) => change({ frame })} />
      <Field
        label={t('Words on the button that opens it')}
        value={draft.button}
        max={LIMITS.listButton}
        required
        onChange={(button) => change({ button })}
      />
      {sections.map((section, index) => (
        <SectionFields
          key={index}
          section={section}
          name={t('Section {number}', { number: index + 1 })}
          mustBeNamed={sections.length > 1}
          mayGrow={count < LIMITS.rows}
          onChange={(next) => change({ sections: sections.with(index, next) })}
          onRemove={sections.length > 1 ? () => change({ sections: sections.toSpliced(index, 1) }) : null}
        />
      ))}
      <p className="flex flex-wrap items-center justify-between gap-2 text-xs text-soft">
        <Button look="quiet" disabled={count >= LIMITS.rows} onClick={() => change({ sections: [...sections, { title: '', rows: [EMPTY_ROW] }] })}>
          <Plus aria-hidden className="size-4" />
          {t('Add a section')}
        </Button>
        <span className="tabular-nums">{t('{count} of {rows} rows', { count, rows: LIMITS.rows })}</span>
      </p>
    </>
  )
}

interface SectionProps {
  section: DraftSection
  name: string
  mustBeNamed: boolean
  mayGrow: boolean
  onChange: (section: DraftSection) => void
  onRemove: (() => void) | null
}

function SectionFields({ section, name, mustBeNamed, mayGrow, onChange, onRemove }: SectionProps) {
  const { rows } = section
  const setRow = (index: number, part: Partial<DraftRow>) =>
    onChange({ ...section, rows: rows.map((row, each) => (each === index ? { ...row, ...part } : row)) })
  return (
    <fieldset className="grid gap-3 rounded-xl border border-line p-3">
      <legend className="px-1 text-sm font-semibold">{name}</legend>
      <div className="flex items-end gap-1">
        <div className="flex-1">
          <Field
            label={mustBeNamed ? t('Title') : t('Title (optional)')}
            value={section.title}
            max={LIMITS.sectionTitle}
            required={mustBeNamed}
            onChange={(title) => onChange({ ...section, title })}
          />
        </div>
        {onRemove !== null && (
          <IconButton label={t('Remove {name}', { name })} onClick={onRemove} className="mb-0.5">
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
      {rows.map((row, index) => (
        <div key={index} className="flex items-end gap-1">
          <div className="grid flex-1 gap-2 two:grid-cols-2">
            <Field label={t('Row {number}', { number: index + 1 })} value={row.title} max={LIMITS.rowTitle} required onChange={(title) => setRow(index, { title })} />
            <Field
              label={t('Description (optional)')}
              value={row.description}
              max={LIMITS.rowDescription}
              onChange={(description) => setRow(index, { description })}
            />
          </div>
          {rows.length > 1 && (
            <IconButton label={t('Remove row {number}', { number: index + 1 })} onClick={() => onChange({ ...section, rows: rows.toSpliced(index, 1) })} className="mb-0.5">
              <X aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
      ))}
      <Button look="quiet" className="w-fit" disabled={!mayGrow} onClick={() => onChange({ ...section, rows: [...rows, EMPTY_ROW] })}>
        <Plus aria-hidden className="size-4" />
        {t('Add a row')}
      </Button>
    </fieldset>
  )
}
