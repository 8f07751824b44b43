// One chat on the phone: its bubbles in order, with a line for each day.

import * as api from './api.js'
import { bubble, forget, HIDDEN } from './bubble.js'
import { tick } from './ticks.js'
import { dayName } from './time.js'
import { initials, make, tint } from './words.js'
import { zone } from './panel.js'

const element = (id) => document.getElementById(id)
const wall = element('wall')
const list = element('messages')
const hint = element('thread-hint')
const note = element('thread-note')

const NEAR = 40 // pixels from the end that count as the end

let typingUntil
let act = {}
let atEnd = true

// A picture that loads makes the chat longer: whoever was at its end stays there.
wall.addEventListener('scroll', () => {
  atEnd = wall.scrollHeight - wall.scrollTop - wall.clientHeight < NEAR
})
new ResizeObserver(() => { if (atEnd) toEnd() }).observe(list)

export const start = (actions) => { act = actions }

export function openThread(chat) {
  element('thread-name').textContent = chat.verified_name
  const face = element('thread-face')
  face.textContent = initials(chat.verified_name)
  face.dataset.tint = tint(chat.verified_name)
  note.textContent = chat.display_phone_number
  note.dataset.resting = chat.display_phone_number
  list.replaceChildren()
  forget()
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
    list.append(bubble(message, act))
  }
  list.dataset.day = day ?? ''
  say(messages.length ? '' : 'Nothing said yet. Write the first message.')
  toEnd()
}

export const hasArrived = (message) =>
  !HIDDEN.has(message.type) && (message.direction === 'in' || ['delivered', 'read', 'played'].includes(message.status))

const find = (id) => list.querySelector(`[data-message-id="${CSS.escape(id)}"]`)

export function addMessage(message) {
  if (HIDDEN.has(message.type) || find(message.id)) return
  const day = dayName(Date.parse(message.at), zone())
  if (day !== list.dataset.day) list.append(make('li', { class: 'day' }, day))
  list.dataset.day = day
  list.append(bubble(message, act))
  if (message.direction === 'out') stopTyping()
  say('')
  toEnd()
}

// Edited, deleted or reacted to: the same place, another look.
export function changeMessage(message) {
  const node = find(message.id)
  if (node) node.replaceWith(bubble(message, act))
  else if (hasArrived(message)) addMessage(message)
}

export function setStatus(id, status) {
  const node = find(id)
  if (!node) return
  node.dataset.status = status
  node.querySelector('.tick')?.replaceWith(tick(status))
}

export function dropMessage(id) {
  find(id)?.remove()
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

function toEnd() {
  wall.scrollTop = wall.scrollHeight
}
