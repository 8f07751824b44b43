/** The places of a template in words. */
const MEMBERS: Record<string, string> = {
  suffix: 'End of the link',
  coupon_code: 'Code to copy',
  sections: 'Products, by their ids',
}

/** "Guest name", "Header", "Button 2: End of the link", "Card 1: Header". */
export function labelOf(field: string): string {
  const [, card, rest] = /^cards\[(\d+)\]\.(.+)$/.exec(field) ?? []
  if (card !== undefined && rest !== undefined) return `Card ${Number(card) + 1}: ${labelOf(rest)}`
  const [, button, member] = /^buttons\[(\d+)\]\.(\w+)$/.exec(field) ?? []
  if (button !== undefined && member !== undefined) return `Button ${Number(button) + 1}: ${MEMBERS[member] ?? member}`
  if (field === 'offer_expires_at') return 'The offer ends'
  if (field === 'header') return 'Header'
  return bodyLabel(field.replace(/^body\./, ''))
}

function bodyLabel(name: string): string {
  if (/^\d+$/.test(name)) return `Field ${name}`
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
