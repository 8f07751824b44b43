/** The places of a template in words. */
import { t } from '@/shared/i18n/t'

const MEMBERS: Record<string, () => string> = {
  suffix: () => t('End of the link'),
  coupon_code: () => t('Code to copy'),
  sections: () => t('Products, by their ids'),
}

/** "Guest name", "Header", "Button 2: End of the link", "Card 1: Header". */
export function labelOf(field: string): string {
  return cardLabel(field) ?? buttonLabel(field) ?? placeLabel(field)
}

function cardLabel(field: string): string | null {
  const [, card, rest] = /^cards\[(\d+)\]\.(.+)$/.exec(field) ?? []
  if (card !== undefined && rest !== undefined) return t('Card {number}: {field}', { number: Number(card) + 1, field: labelOf(rest) })
  return null
}

function buttonLabel(field: string): string | null {
  const [, button, member] = /^buttons\[(\d+)\]\.(\w+)$/.exec(field) ?? []
  if (button !== undefined && member !== undefined) {
    return t('Button {number}: {field}', { number: Number(button) + 1, field: MEMBERS[member]?.() ?? member })
  }
  return null
}

function placeLabel(field: string): string {
  if (field === 'offer_expires_at') return t('The offer ends')
  if (field === 'header') return t('Header')
  return bodyLabel(field.replace(/^body\./, ''))
}

function bodyLabel(name: string): string {
  if (/^\d+$/.test(name)) return t('Field {number}', { number: name })
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
