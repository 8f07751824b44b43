// The phone page: choose who you are, open a chat, write, and watch answers arrive live.

import * as api from './api.js'
import { markSeen, showChats } from './chats.js'
import { showBeside } from './beside.js'
import { now, setClock, showFaults, startPanel } from './panel.js'
import { attach, onMessage, sendFile } from './menu.js'
import { offerPerson } from './person.js'
import * as thread from './thread.js'

const element = (id) => document.getElementById(id)
let person = ''
let reads = 'auto'
let chat = null
let sending = 0
let reply = null

function complain(problem) {
  element('trouble').hidden = !problem
  element('trouble').textContent = problem ? problem.message : ''
}

async function choosePeople(wanted) {
  const people = await api.people()
  const select = element('person')
  select.replaceChildren(...people.map((one) => new Option(one.name || `+${one.phone}`, one.phone)))
  const kept = [wanted, person, localStorage.getItem('metasim.person')].find((phone) => people.some((one) => one.phone === phone))
  person = kept ?? people[0]?.phone ?? ''
  select.value = person
  reads = people.find((one) => one.phone === person)?.reads ?? 'auto'
  localStorage.setItem('metasim.person', person)
  if (people.length) return
  select.append(new Option('Nobody yet', ''))
  element('chats').replaceChildren()
  element('chats-hint').hidden = false
  element('chats-hint').textContent = 'Nobody lives here yet. Create a person to hold this phone.'
}

async function refresh() {
  try {
    if (!person) await choosePeople()
    if (person) await showChats(person, open)
    if (chat) await showOpen()
    complain(null)
  } catch (problem) {
    complain(new Error(`metasim is not answering; trying again. (${problem.message})`))
  }
}

async function open(chosen) {
  chat = chosen
  quote(null)
  element('chats-view').hidden = true
  element('thread-view').hidden = false
  thread.openThread(chat)
  element('text').focus()
  try {
    await showOpen()
  } catch (problem) {
    thread.say(`This chat could not be read: ${problem.message}`)
  }
}

async function showOpen() {
  await thread.showThread(person, chat)
  await look()
}

async function look() {
  markSeen(person, chat.number, new Date(now() + 1000).toISOString())
  if (reads !== 'never') await api.read(person, chat.number)
}

function close() {
  const number = chat?.number
  chat = null
  element('thread-view').hidden = true
  element('chats-view').hidden = false
  refresh().then(() => document.querySelector(`[data-number="${number}"]`)?.focus())
}

// The bubble is there at once; the real one takes its place when metasim has kept the message.
async function send(draft, work) {
  sending += 1
  const mark = `sending-${sending}`
  const at = new Date(now()).toISOString()
  if (draft) thread.addMessage({ id: mark, direction: 'in', at, status: 'sending', ...draft })
  try {
    const { id } = await work()
    complain(null)
    if (id) await settle(mark, id)
    else thread.dropMessage(mark)
  } catch (problem) {
    thread.setStatus(mark, 'failed')
    complain(problem)
  }
}

// A tick may have come before the answer to the send did: take what the ledger says.
async function settle(mark, id) {
  if (!chat) return
  const known = (await api.thread(person, chat.number)).find((message) => message.id === id)
  thread.dropMessage(mark)
  if (known) thread.changeMessage(known)
}

function say(message) {
  const number = chat.number
  const quoted = reply ? { context: { id: reply.id } } : {}
  const draft = message.type === 'text' ? { type: 'text', text: message.text.body, context: reply?.id } : null
  quote(null)
  return send(draft, () => api.say(person, number, { ...quoted, ...message }))
}

function quote(message) {
  reply = message
  element('replying').hidden = !message
  element('replying-to').textContent = message ? message.text || 'a message' : ''
  if (message) element('text').focus()
}

const act = {
  say,
  reply: quote,
  menu: (message) => onMessage(message, act),
  play: (message) => api.play(person, message.id).catch(complain),
  call: () => api.call('POST', `/people/${encodeURIComponent(person)}/call`, { number: chat.number }).catch(complain),
  tap: (message, button, data = {}) => {
    const number = chat.number
    return send(null, () => api.tap(person, number, message.id, message.buttons.findIndex((each) => same(each, button)), { data }))
  },
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

function submit(event) {
  event.preventDefault()
  const box = element('text')
  const text = box.value.trim()
  if (!text || !chat) return
  box.value = ''
  say({ type: 'text', text: { body: text } })
}

function listen() {
  const stream = new EventSource('/_sim/stream')
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)))
  const here = (news) => news.person === person && news.number === chat?.number
  stream.onopen = () => { api.clock().then(setClock).catch(() => {}); refresh() }
  stream.onerror = () => complain(new Error('metasim is not answering; trying again.'))
  on('message', (news) => {
    if (news.person !== person) return
    if (here(news) && (news.message.direction === 'out' || !isOwn(news.message))) {
      thread.addMessage(news.message)
      look().catch(complain)
    }
    showChats(person, open).catch(complain)
  })
  on('change', (news) => here(news) && thread.changeMessage(news.message))
  on('status', (news) => here(news) && thread.setStatus(news.id, news.status))
  on('typing', (news) => here(news) && thread.showTyping(news.seconds))
  on('clock', setClock)
  on('people', () => choosePeople().then(refresh).catch(complain))
}

// While a send of this page is on its way its bubble is already there.
const isOwn = (message) =>
  [...document.querySelectorAll('[data-message-id^="sending-"][data-status="sending"] .said')]
    .some((node) => node.textContent === message.text.replace(/[*_~`]/g, '') || node.textContent === message.text)

function start() {
  showBeside()
  startPanel(complain, refresh)
  const wide = matchMedia('(min-width: 861px)')
  element('panel').open = wide.matches && !document.body.classList.contains('has-beside')
  element('person').addEventListener('change', async (event) => {
    await choosePeople(event.target.value).catch(complain)
    if (chat) close()
    else refresh()
  })
  element('new-person').addEventListener('click', () => offerPerson(async (made) => {
    await choosePeople(made.phone)
    if (chat) close()
    else await refresh()
  }))
  element('back').addEventListener('click', close)
  element('compose').addEventListener('submit', submit)
  element('text').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event)
    if (event.key === 'Escape') close()
  })
  element('attach').addEventListener('click', () => attach(act, element('picker')))
  element('picker').addEventListener('change', async ({ target }) => {
    const [chosen] = target.files
    target.value = ''
    if (chosen) await sendFile(chosen, act).catch(complain)
  })
  element('reply-cancel').addEventListener('click', () => quote(null))
  thread.start(act)
  showFaults().catch(() => {})
  listen()
}

start()
