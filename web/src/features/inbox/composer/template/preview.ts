/** A template as the person will see it, with what is filled in so far. */
import type { Template } from '@/shared/api/types'
import type { Shown, TemplateContent } from '../../contents'
import type { Given, Need } from './given'
import { labelOf } from './labels'

/** Meta's form of a template. Source: WhatsApp Cloud API, "Template components". */
interface Component {
  type?: string
  format?: string
  text?: string
  buttons?: { type?: string; text?: string; url?: string | null; phone_number?: string }[]
  cards?: { components?: Component[] }[]
  limited_time_offer?: { text?: string }
}

export function previewOf(template: Template, given: Given): TemplateContent {
  const components = template.components as Component[]
  const shown = faceOf(components, template.needs, given, '')
  const cards = find(components, 'CAROUSEL')?.cards ?? []
  const offer = find(components, 'LIMITED_TIME_OFFER')?.limited_time_offer?.text ?? null
  const endsAt = Date.parse(given['offer_expires_at'] ?? '')
  return {
    type: 'template',
    name: template.name,
    language: template.language,
    body: shown.body ?? '',
    header: headerOf(template.needs, given, ''),
    cards: cards.map((_, index) => ({ header: headerOf(template.needs, given, `cards[${index}].`) })),
    shown: {
      ...shown,
      offer,
      offer_expires_at_ms: Number.isNaN(endsAt) ? null : endsAt,
      cards: cards.map((card, index) => faceOf(card.components ?? [], template.needs, given, `cards[${index}].`)),
    },
  }
}

function faceOf(components: Component[], needs: Need[], given: Given, at: string): Shown {
  const text = (type: string) => find(components, type)?.text ?? ''
  return {
    header_kind: find(components, 'HEADER')?.format?.toLowerCase() ?? null,
    header_text: filled(text('HEADER'), [`${at}header`], given),
    body: filled(text('BODY'), bodyFields(needs, at), given),
    footer: find(components, 'FOOTER')?.text ?? null,
    buttons: (find(components, 'BUTTONS')?.buttons ?? []).map(buttonOf),
  }
}

const buttonOf = ({ type = '', text = '', url = null }: NonNullable<Component['buttons']>[number]) => ({
  kind: type.toLowerCase(),
  text,
  url,
})

const find = (components: Component[], type: string) => components.find((each) => each.type?.toUpperCase() === type)

const bodyFields = (needs: Need[], at: string) =>
  needs.map(({ field }) => field).filter((field) => field.startsWith(`${at}body.`))

/** The fields are in the order in which the variables first come up; those still empty are named. */
function filled(text: string, fields: string[], given: Given): string {
  const order: string[] = []
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
    if (!order.includes(name)) order.push(name)
    const index = /^\d+$/.test(name) ? Number(name) - 1 : order.indexOf(name)
    const field = fields[index]
    if (field === undefined) return placeholder
    const value = given[field]?.trim() ?? ''
    return value === '' ? `[${labelOf(field)}]` : value
  })
}

/** A file's place in the preview; the other headers need only what is said in them. */
function headerOf(needs: Need[], given: Given, at: string): TemplateContent['header'] {
  const need = needs.find(({ field }) => field === `${at}header`)
  if (need === undefined || need.kind === 'text') return null
  const name = given[`${need.field}#name`] ?? null
  return { type: 'document', file: { id: given[need.field] ?? null, name } }
}
