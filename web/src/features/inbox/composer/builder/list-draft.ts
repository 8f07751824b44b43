/** A list menu while it is being written: as the API takes it, and what is wrong with it. */
import { t } from '@/shared/i18n/t'
import type { Built } from './builder-dialog'
import { framed, frameProblem, type Frame } from './frame-fields'
import { idFor, LIMITS, repeated } from './limits'

export interface DraftRow {
  title: string
  description: string
}

export interface DraftSection {
  title: string
  rows: DraftRow[]
}

export interface ListDraft {
  frame: Frame
  button: string
  sections: DraftSection[]
}

export const EMPTY_ROW: DraftRow = { title: '', description: '' }

export function listContent({ frame, button, sections }: ListDraft): Built {
  let place = 0
  return {
    type: 'list',
    ...framed(frame),
    button: button.trim(),
    sections: sections.map(({ title, rows }) => ({
      ...(title.trim() !== '' && { title: title.trim() }),
      rows: rows.map((row) => ({
        id: idFor(row.title, place++),
        title: row.title.trim(),
        ...(row.description.trim() !== '' && { description: row.description.trim() }),
      })),
    })),
  }
}

export function listProblem({ frame, button, sections }: ListDraft): string | null {
  const rows = sections.flatMap((section) => section.rows)
  if (button.trim() === '') return t('The button needs words.')
  if (sections.length > 1 && sections.some(({ title }) => title.trim() === '')) return t('Every section needs a title.')
  if (rows.some(({ title }) => title.trim() === '')) return t('Every row needs words.')
  if (hasOverlong({ button, sections, rows })) return t('Something is too long; look for the red counter.')
  const twice = repeated(rows.map(({ title }) => title))
  if (twice !== null) return t('“{twice}” is there twice.', { twice })
  return frameProblem(frame, LIMITS.listBody)
}

function hasOverlong({ button, sections, rows }: { button: string; sections: DraftSection[]; rows: DraftRow[] }): boolean {
  const isOver = (text: string, max: number) => Array.from(text.trim()).length > max
  return (
    isOver(button, LIMITS.listButton) ||
    sections.some(({ title }) => isOver(title, LIMITS.sectionTitle)) ||
    rows.some(({ title, description }) => isOver(title, LIMITS.rowTitle) || isOver(description, LIMITS.rowDescription))
  )
}
