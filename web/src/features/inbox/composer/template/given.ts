/** What somebody fills into a template: one text for each need, by its place; files by their id. */
import type { NewContent, Template } from '@/shared/api/types'

export type Need = Template['needs'][number]
/** By the place of the need; what has several parts adds its own after a "#". */
export type Given = Record<string, string>
type Values = NonNullable<Extract<NewContent, { type: 'template' }>['values']>
type Face = NonNullable<Values['cards']>[number]
type Header = Face['header']
type Button = NonNullable<Face['buttons']>[number]

const PLACE = /^(?:cards\[(\d+)\]\.)?(?:(header)|body\.(.+)|buttons\[(\d+)\]\.(\w+)|(offer_expires_at))$/

/** As the API takes them. */
export function valuesOf(needs: Need[], given: Given): Values {
  const values: Values = faceOf(needs.filter(({ field }) => !field.startsWith('cards[')), given)
  const cards = [...new Set(needs.flatMap(({ field }) => /^cards\[\d+\]/.exec(field)?.[0] ?? []))]
  if (cards.length > 0) {
    values.cards = cards.map((card) => faceOf(needs.filter(({ field }) => field.startsWith(`${card}.`)), given))
  }
  const endsAt = given['offer_expires_at']
  if (endsAt !== undefined && endsAt !== '') values.offer_expires_at = new Date(endsAt).toISOString()
  return values
}

function faceOf(needs: Need[], given: Given): Face {
  const face: Face = { body: [], buttons: [] }
  for (const need of needs) {
    const [, , header, body, button, member] = PLACE.exec(need.field) ?? []
    const text = (given[need.field] ?? '').trim()
    if (header !== undefined) face.header = headerOf(need, given)
    // The needs come in the order of the variables.
    if (body !== undefined) face.body = [...(face.body as string[]), text]
    if (button !== undefined && member !== undefined) face.buttons?.push(buttonOf(Number(button), member, text))
  }
  return face
}

function headerOf({ field, kind }: Need, given: Given): Header {
  const part = (name: string) => (given[`${field}#${name}`] ?? '').trim()
  switch (kind) {
    case 'text':
      return (given[field] ?? '').trim()
    case 'location':
      return {
        location: {
          latitude: Number(part('latitude')),
          longitude: Number(part('longitude')),
          name: part('name'),
          address: part('address'),
        },
      }
    case 'product':
      return { product: { catalog_id: part('catalog'), product_id: part('product') } }
    default:
      return { [kind]: { id: given[field] ?? '', ...(kind === 'document' && { name: part('name') }) } }
  }
}

function buttonOf(index: number, member: string, text: string): Button {
  if (member !== 'sections') return { index, [member]: text }
  const ids = text.split(/[\s,]+/).filter(Boolean)
  return { index, sections: [{ title: 'Products', product_ids: ids }], thumbnail_product_id: ids[0] ?? null }
}
