// One message as a bubble: quote, header, files, words, answers, buttons, cards, reactions, ticks.

import * as pieces from './pieces.js'
import { actions, button } from './buttons.js'
import { clockTime } from './time.js'
import { tick } from './ticks.js'
import { make, words } from './words.js'
import { zone } from './panel.js'

const PLACEHOLDER = /^\[[a-z_ ]+\]$/
const known = new Map()

export const HIDDEN = new Set(['reaction', 'edit', 'revoke'])
export const remember = (message) => known.set(message.id, message)
export const forget = () => known.clear()
export const recall = (id) => known.get(id)

export function bubble(message, act) {
  remember(message)
  if (message.type === 'system') return make('li', { class: 'day', 'data-message-id': message.id }, message.text)
  const mine = message.direction === 'in'
  return make(
    'li',
    { class: 'bubble', 'data-message-id': message.id, 'data-direction': message.direction, 'data-status': message.status, 'data-type': message.type },
    ...(message.changed === 'deleted' ? [make('p', { class: 'said gone' }, 'This message was deleted')] : inside(message, act)),
    make('div', { class: 'foot' },
      message.changed === 'edited' ? make('span', {}, 'Edited') : '',
      make('time', { datetime: message.at }, clockTime(Date.parse(message.at), zone())),
      mine ? tick(message.status) : ''),
    message.changed === 'deleted' || message.view?.cards ? '' : actions(message, act),
    reactions(message),
    message.changed === 'deleted' || message.status === 'sending' ? '' : more(message, act),
  )
}

function inside(message, act) {
  const view = message.view ?? {}
  return [
    quote(message.context),
    pieces.advert(view.referral),
    pieces.header(view.header),
    pieces.file(view.media, view.body, () => act.play(message)),
    pieces.place(view.location),
    ...pieces.people(view.contacts),
    ...pieces.products(view.products),
    pieces.offer(view.offer),
    said(message, view),
    pieces.answers(view.answers),
    view.footer ? make('p', { class: 'small', dir: 'auto' }, view.footer) : '',
    cards(message, view.cards, act),
  ]
}

function said(message, view) {
  const shown = view.body ?? message.text
  const stands = view.location || view.contacts || view.products
  if (!shown || PLACEHOLDER.test(shown) && (view.media || view.header || stands)) return ''
  if (view.body === undefined && (view.location || view.contacts)) return ''
  return make('div', { class: 'said', dir: 'auto' }, ...words(shown))
}

function quote(id) {
  if (!id) return ''
  const earlier = known.get(id)
  const who = earlier ? (earlier.direction === 'in' ? 'You' : 'Business') : 'Earlier message'
  return make('div', { class: 'quote' }, make('strong', {}, who), make('span', { class: 'small', dir: 'auto' }, earlier?.text ?? ''))
}

function cards(message, rows, act) {
  if (!rows?.length) return ''
  return make('div', { class: 'cards-row', tabindex: '0', role: 'group', 'aria-label': `${rows.length} cards` }, ...rows.map((row) =>
    make('div', { class: 'one-card' }, pieces.header(row.header), ...pieces.products(row.products), row.body ? make('p', { dir: 'auto' }, ...words(row.body)) : '', make('div', { class: 'replies' }, ...row.buttons.map((each) => button(message, each, act))))))
}

function reactions(message) {
  const given = Object.entries(message.reactions ?? {})
  if (!given.length) return ''
  const names = given.map(([who, emoji]) => `${who === 'in' ? 'You' : 'Business'}: ${emoji}`)
  return make('span', { class: 'reactions', role: 'img', 'aria-label': `Reactions. ${names.join(', ')}` }, given.map(([, emoji]) => emoji).join(''))
}

function more(message, act) {
  const short = (message.text || message.type).slice(0, 40)
  const node = make('button', { type: 'button', class: 'more', 'aria-label': `Reply or react to: ${short}` }, make('span', { 'aria-hidden': 'true' }, '⋯'))
  node.addEventListener('click', () => act.menu(message, node))
  return node
}
