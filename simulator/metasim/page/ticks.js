// The ticks of an own message: on its way, sent, delivered, read, not sent.

import { make } from './words.js'

const NAMES = { sending: 'Sending', sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not sent' }
const PATHS = {
  sending: 'M8 2a4.5 4.5 0 1 0 .01 0M8 4v2.700l1.8 1.1',
  sent: 'm4 6.5 3 3L13.5 2.5',
  delivered: 'm1 6.5 3 3L10.5 2.500M7.5 9 8 9.5 14.8 2.5',
  read: 'm1 6.5 3 3L10.5 2.500M7.5 9 8 9.5 14.8 2.5',
  failed: 'M8 1.500v5M8 9.400v.2',
}

export function tick(status) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 12')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  const looks = { d: PATHS[status] ?? PATHS.sending, fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }
  for (const [name, value] of Object.entries(looks)) path.setAttribute(name, value)
  svg.append(path)
  return make('span', { class: 'tick', role: 'img', 'aria-label': NAMES[status] ?? status, 'data-mark': status }, svg)
}
