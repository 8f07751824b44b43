// What a message is made of besides its words: files, places, people, products, answers.

import * as api from './api.js'
import { clockTime } from './time.js'
import { zone } from './panel.js'
import { make, words } from './words.js'

const KINDS = { image: 'Picture', video: 'Video', audio: 'Recording', document: 'Document', sticker: 'Sticker', gif: 'Moving picture' }

export function file(media, label, played) {
  if (!media) return ''
  const name = media.voice ? 'Voice message' : label || KINDS[media.type] || 'File'
  if (!media.media) return make('p', { class: 'lost' }, `${KINDS[media.type] ?? 'File'} (not loaded)`)
  const src = api.file(media.media)
  if (media.type === 'image' || media.type === 'sticker') {
    return make('img', { class: `file ${media.type}`, src, alt: name, loading: 'lazy' })
  }
  if (media.type === 'document') return document_(media, src)
  const node = make(media.type === 'audio' ? 'audio' : 'video', { class: 'file', src, controls: '', preload: 'metadata', 'aria-label': name })
  if (media.voice) node.addEventListener('ended', played)
  return media.voice ? make('div', { class: 'voice' }, make('span', { class: 'small' }, name), node) : node
}

function document_(media, src) {
  const name = media.filename || 'Document'
  return make('a', { class: 'document', href: src, download: name }, make('span', { class: 'badge', 'aria-hidden': 'true' }, name.includes('.') ? name.split('.').at(-1).slice(0, 4).toUpperCase() : 'FILE'), make('span', {}, name))
}

export function header(part) {
  if (!part) return ''
  return part.type === 'text' ? make('p', { class: 'title', dir: 'auto' }, ...words(part.text)) : file(part)
}

export function place(spot) {
  if (!spot) return ''
  const where = `${Number(spot.latitude).toFixed(4)}, ${Number(spot.longitude).toFixed(4)}`
  return make('div', { class: 'place' }, make('span', { class: 'pin', 'aria-hidden': 'true' }, '📍'), make('span', {}, make('strong', { dir: 'auto' }, spot.name || 'Location'), make('span', { class: 'small', dir: 'auto' }, [spot.address, where].filter(Boolean).join(' · '))))
}

export const people = (cards = []) => cards.map((card) =>
  make('div', { class: 'card-of' }, make('strong', { dir: 'auto' }, card.name), ...[card.company, ...card.phones, ...card.emails].filter(Boolean).map((line) => make('span', { class: 'small', dir: 'auto' }, line))))

export const products = (sections = []) => sections.map((section) =>
  make('div', { class: 'products' }, section.title ? make('strong', { dir: 'auto' }, section.title) : '', make('ul', {}, ...section.items.map((item) => make('li', { dir: 'auto' }, item)))))

export function answers(given) {
  if (!given || !Object.keys(given).length) return ''
  return make('dl', { class: 'answers' }, ...Object.entries(given).flatMap(([name, value]) => [make('dt', { dir: 'auto' }, name), make('dd', { dir: 'auto' }, value)]))
}

export function offer(about) {
  if (!about) return ''
  const ends = about.ends_ms ? ` · until ${clockTime(about.ends_ms, zone())}` : ''
  return make('p', { class: 'offer', dir: 'auto' }, about.text + ends)
}

export function advert(referral) {
  if (!referral) return ''
  return make('div', { class: 'quote' }, make('strong', { dir: 'auto' }, referral.headline || 'From an ad'), make('span', { class: 'small', dir: 'auto' }, referral.body || ''))
}
