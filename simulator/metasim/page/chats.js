// The first screen of the phone: every business number as a chat.

import * as api from './api.js'
import { clockTime } from './time.js'
import { initials, make, tint } from './words.js'
import { zone } from './panel.js'

const list = document.getElementById('chats')
const hint = document.getElementById('chats-hint')
const seenKey = (person, number) => `metasim.seen.${person}.${number}`

export function markSeen(person, number, at) {
  localStorage.setItem(seenKey(person, number), at)
}

function isUnread(person, chat) {
  const last = chat.last_message
  if (!last || last.direction === 'in') return false
  return last.at > (localStorage.getItem(seenKey(person, chat.number)) ?? '')
}

export async function showChats(person, open) {
  const chats = await api.chats(person)
  hint.hidden = chats.length > 0
  hint.textContent = 'No business has a number here yet.'
  list.replaceChildren(...chats.map((chat) => row(person, chat, open)))
}

function row(person, chat, open) {
  const last = chat.last_message
  const unread = isUnread(person, chat)
  const note = last ? (last.direction === 'in' ? 'You: ' : '') + last.text : chat.display_phone_number
  const noteId = `last-${chat.number}`
  const button = make(
    'button',
    { type: 'button', class: 'name', dir: 'auto', 'aria-describedby': noteId, 'data-number': chat.number, 'data-unread': String(unread) },
    chat.verified_name,
  )
  button.addEventListener('click', () => open(chat))
  return make(
    'li',
    { class: unread ? 'unread' : undefined },
    make('span', { class: 'face', 'data-tint': tint(chat.verified_name), 'aria-hidden': 'true' }, initials(chat.verified_name)),
    button,
    make('span', { class: 'when' }, last ? clockTime(Date.parse(last.at), zone()) : ''),
    make('span', { class: 'last', id: noteId, dir: 'auto' }, note.replaceAll('\n', ' ')),
    unread ? make('span', { class: 'dot', role: 'img', 'aria-label': 'Unread' }) : '',
  )
}
