// One chat on the phone: bubbles with ticks, quick replies, the message box.

import * as api from './api.js'
import { clockTime, dayName } from './time.js'
import { initials, make, tint, words } from './words.js'
import { zone } from './panel.js'

const element = (id) => document.getElementById(id)
const wall = element('wall')
const list = element('messages')
const hint = element('thread-hint')
const note = element('thread-note')

const NAMES = { sending: 'Sending', sent: 'Sent', delivered: 'Delivered', read: 'Read', failed: 'Not sent' }
const PATHS = {
  sending: 'M8 2a4.5 4.5 0 1 0 .01 0M8 4v2.700l1.8 1.1',
  sent: 'm4 6.5 3 3L13.5 2.5',
  delivered: 'm1 6.5 3 3L10.5 2.500M7.5 9 8 9.5 14.8 2.5',
  read: 'm1 6.5 3 3L10.5 2.500M7.5 9 8 9.5 14.8 2.5',
  failed: 'M8 1.500v5M8 9.400v.2',
}

let typingUntil

export function openThread(chat) {
  element('thread-name').textContent = chat.verified_name
  const face = element('thread-face')
  face.textContent = initials(chat.verified_name)
  face.dataset.tint = tint(chat.verified_name)
  note.textContent = chat.display_phone_number
  note.dataset.resting = chat.display_phone_number
  list.replaceChildren()
  say('Loading…')
}

export function say(text) {
  hint.hidden = !text
  hint.textContent = text
}

export async function showThread(person, chat) {
  const messages = (await api.thread(person, chat.number)).filter(hasArrived)
  list.replaceChildren()
  let day
  for (const message of messages) {
    const today = dayName(Date.parse(message.at), zone())
    if (today !== day) list.append(make('li', { class: 'day' }, today))
    day = today
    list.append(bubble(message))
  }
  list.dataset.day = day ?? ''
  say(messages.length ? '' : 'Nothing said yet. Write the first message.')
  toEnd()
}

export const hasArrived = (message) =>
  message.direction === 'in' || message.status === 'delivered' || message.status === 'read'

export function addMessage(message) {
  if (list.querySelector(`[data-message-id="${CSS.escape(message.id)}"]`)) return
  const day = dayName(Date.parse(message.at), zone())
  if (day !== list.dataset.day) list.append(make('li', { class: 'day' }, day))
  list.dataset.day = day
  list.append(bubble(message))
  if (message.direction === 'out') stopTyping()
  say('')
  toEnd()
}

export function setStatus(id, status) {
  const node = list.querySelector(`[data-message-id="${CSS.escape(id)}"]`)
  if (!node) return
  node.dataset.status = status
  node.querySelector('.tick')?.replaceWith(tick(status))
}

export function rename(from, id) {
  const node = list.querySelector(`[data-message-id="${CSS.escape(from)}"]`)
  const twin = list.querySelector(`[data-message-id="${CSS.escape(id)}"]`)
  if (twin && twin !== node) node?.remove()
  else if (node) node.dataset.messageId = id
}

export function showTyping(seconds) {
  note.textContent = 'typing…'
  clearTimeout(typingUntil)
  typingUntil = setTimeout(stopTyping, seconds * 1000)
}

function stopTyping() {
  clearTimeout(typingUntil)
  note.textContent = note.dataset.resting ?? ''
}

function bubble(message) {
  const mine = message.direction === 'in'
  const node = make(
    'li',
    { class: 'bubble', 'data-message-id': message.id, 'data-direction': message.direction, 'data-status': message.status },
    make('div', { class: 'said', dir: 'auto' }, ...words(message.text)),
    make('div', { class: 'foot' }, make('time', { datetime: message.at }, clockTime(Date.parse(message.at), zone())), mine ? tick(message.status) : ''),
  )
  if (message.buttons?.length) node.append(replies(message))
  return node
}

function replies(message) {
  return make('div', { class: 'replies' }, ...message.buttons.map((button) => {
    const node = make('button', { type: 'button' }, button.text)
    node.addEventListener('click', () => {
      list.dispatchEvent(new CustomEvent('tap', { detail: { button, id: message.id } }))
    })
    return node
  }))
}

function tick(status) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 12')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  const looks = { d: PATHS[status] ?? PATHS.sending, fill: 'none', stroke: 'currentColor', 'stroke-width': '1.6', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }
  for (const [name, value] of Object.entries(looks)) path.setAttribute(name, value)
  svg.append(path)
  return make('span', { class: 'tick', role: 'img', 'aria-label': NAMES[status] ?? status, 'data-mark': status }, svg)
}

function toEnd() {
  wall.scrollTop = wall.scrollHeight
}
