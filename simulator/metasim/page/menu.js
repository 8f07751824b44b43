// What can be done with a message (reply, react, edit, delete), and what can be sent besides words.

import { ask, choose } from './sheet.js'

const EMOJIS = { '👍': 'Thumbs up', '❤️': 'Heart', '😂': 'Laughing', '😮': 'Surprised', '😢': 'Sad', '🙏': 'Thank you' }
const LARGEST = 16_000_000

export async function onMessage(message, act) {
  const mine = message.direction === 'in'
  const rows = [{ value: 'reply', text: 'Reply' }]
  if (message.reactions?.in) rows.push({ value: '', text: 'Take reaction away' })
  if (mine && message.type === 'text') rows.push({ value: 'edit', text: 'Edit' })
  if (mine) rows.push({ value: 'revoke', text: 'Delete for everyone' })
  const faces = Object.entries(EMOJIS).map(([value, label]) => ({ value, text: value, label }))
  const wish = await choose('Message', [{ title: '', rows }, { title: 'React', rows: faces }])
  if (wish === null) return
  if (wish === 'reply') act.reply(message)
  else if (wish === 'edit') edit(message, act)
  else if (wish === 'revoke') act.say({ type: 'revoke', revoke: { original_message_id: message.id } })
  else act.say({ type: 'reaction', reaction: { message_id: message.id, ...(wish ? { emoji: wish } : {}) } })
}

async function edit(message, act) {
  const given = await ask('Edit', [{ name: 'body', label: 'New words', value: message.text }])
  if (given?.body) act.say({ type: 'edit', edit: { original_message_id: message.id, body: given.body } })
}

export async function attach(act, picker) {
  const wish = await choose('Send', [{ title: '', rows: [
    { value: 'file', text: 'Picture or file', note: 'From this computer' },
    { value: 'audio', text: 'Voice message', note: 'A short sample' },
    { value: 'sticker', text: 'Sticker', note: 'A sample' },
    { value: 'location', text: 'Location' },
    { value: 'contacts', text: 'Own contact card' },
    { value: 'ad', text: 'Come from an ad', note: 'Says “Hello” with the ad attached' },
    { value: 'call', text: 'Call', note: 'Rings; nobody answers' },
  ] }])
  if (wish === 'file') picker.click()
  else if (wish === 'location') where(act)
  else if (wish === 'ad') act.say({ type: 'text', text: { body: 'Hello' }, referral: true })
  else if (wish === 'call') act.call()
  else if (wish) act.say({ type: wish })
}

async function where(act) {
  const place = await ask('Location', [{ name: 'name', label: 'Name of the place' }, { name: 'latitude', label: 'Latitude', value: '25.2048', number: true }, { name: 'longitude', label: 'Longitude', value: '55.2708', number: true }])
  if (place) act.say({ type: 'location', location: place })
}

export async function sendFile(chosen, act) {
  if (chosen.size > LARGEST) throw new Error('This file has more than 16 MB.')
  const kind = ['image', 'video', 'audio'].find((each) => chosen.type.startsWith(`${each}/`)) ?? 'document'
  const content = { data: await asBase64(chosen), mime_type: chosen.type || 'application/octet-stream' }
  if (kind === 'document') content.filename = chosen.name
  await act.say({ type: kind, [kind]: content })
}

function asBase64(chosen) {
  return new Promise((settle, fail) => {
    const reader = new FileReader()
    reader.onload = () => settle(reader.result.slice(reader.result.indexOf(',') + 1))
    reader.onerror = () => fail(new Error('This file cannot be read.'))
    reader.readAsDataURL(chosen)
  })
}
