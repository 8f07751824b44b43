// The buttons under a message: what they say, and what happens when they are tapped.

import * as api from './api.js'
import { ask, choose } from './sheet.js'
import { make } from './words.js'

const SIGNS = { url: '↗ ', phone: '📞 ', copy: '⧉ ', row: '', flow: '', call: '📞 ', catalog: '🛍 ', product: '🛍 ' }

// A list shows one button that opens its rows; everything else shows each of its buttons.
export function actions(message, act) {
  const rows = message.view?.list ? [opener(message, act)] : (message.buttons ?? []).map((each) => button(message, each, act))
  return rows.length ? make('div', { class: 'replies' }, ...rows) : ''
}

export function button(message, about, act) {
  if (about.kind === 'url') return link(message, about, act)
  const node = make('button', { type: 'button' }, make('span', { 'aria-hidden': 'true' }, SIGNS[about.kind] ?? ''), about.text)
  node.addEventListener('click', () => press(message, about, act, node))
  return node
}

function link(message, about, act) {
  const node = make('a', { href: about.url, target: '_blank', rel: 'noopener noreferrer' }, make('span', { 'aria-hidden': 'true' }, SIGNS.url), about.text)
  node.addEventListener('click', () => act.tap(message, about))
  return node
}

function opener(message, act) {
  const node = make('button', { type: 'button' }, make('span', { 'aria-hidden': 'true' }, '☰ '), message.view.list.button)
  node.addEventListener('click', async () => {
    const row = await choose(message.view.list.button, message.view.list.sections.map((section) => ({
      title: section.title ?? '',
      rows: section.rows.map((each) => ({ value: each.id, text: each.title, note: each.description ?? '' })),
    })))
    if (row !== null) act.tap(message, message.buttons.find((each) => each.id === row))
  })
  return node
}

async function press(message, about, act, node) {
  if (about.kind === 'copy' || about.kind === 'phone') return copied(about.code ?? about.phone, node)
  if (about.kind === 'catalog') return order(act)
  const form = FORMS[about.kind]
  const data = form ? await ask(about.text, await form(about)) : {}
  if (data !== null) act.tap(message, about, data)
}

const FORMS = {
  flow: questions,
  address: () => [{ name: 'house_number', label: 'House number' }, { name: 'address', label: 'Street' }, { name: 'city', label: 'City' }, { name: 'in_pin_code', label: 'PIN code' }],
  location: () => [{ name: 'name', label: 'Name of the place' }, { name: 'latitude', label: 'Latitude', value: '25.2048', number: true }, { name: 'longitude', label: 'Longitude', value: '55.2708', number: true }],
  call_permission: () => [{ name: 'response', label: 'May they call you?', choices: { accept: 'Yes, for a week', reject: 'No' } }],
  product: () => [{ name: 'text', label: 'Your question', value: 'Is this still available?' }],
}

// What the Flow asks; of one that metasim does not know, what most ask.
async function questions(about) {
  const fields = await api.questions(about.flow).catch(() => [])
  if (!fields.length) return [{ name: 'name', label: 'Name' }, { name: 'email', label: 'E-mail' }, { name: 'note', label: 'Anything else' }]
  return fields.map((each) => (Object.keys(each.choices).length ? each : { name: each.name, label: each.label }))
}

async function order(act) {
  const item = await ask('Order', [{ name: 'product_retailer_id', label: 'Article', value: 'SKU-1' }, { name: 'quantity', label: 'How many', value: '1', number: true }, { name: 'item_price', label: 'Price of one', value: '10', number: true }])
  if (item) act.say({ type: 'order', order: { product_items: [{ ...item, currency: 'USD' }] } })
}

async function copied(text, node) {
  try {
    await navigator.clipboard.writeText(text)
    node.textContent = 'Copied'
  } catch {
    node.textContent = text
  }
}
