// The phone page: choose who you are, open a chat, write, and watch answers arrive live.

import * as api from './api.js'
import { markSeen, showChats } from './chats.js'
import { showBeside } from './beside.js'
import { now, setClock, showFaults, startPanel } from './panel.js'
import { offerPerson } from './person.js'
import * as thread from './thread.js'

const element = (id) => document.getElementById(id)
let person = ''
let reads = 'auto'
let chat = null
let sending = 0

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

async function send(text, work) {
  sending += 1
  const mark = `sending-${sending}`
  thread.addMessage({ id: mark, direction: 'in', text, at: new Date(now()).toISOString(), status: 'sending' })
  try {
    const { id } = await work()
    thread.setStatus(mark, 'sent')
    thread.rename(mark, id)
    complain(null)
    await settle(id)
  } catch (problem) {
    thread.setStatus(mark, 'failed')
    complain(problem)
  }
}

// A tick may have come before the answer to the send did: take what the ledger says.
async function settle(id) {
  if (!chat) return
  const known = (await api.thread(person, chat.number)).find((message) => message.id === id)
  if (known) thread.setStatus(id, known.status)
}

function submit(event) {
  event.preventDefault()
  const box = element('text')
  const text = box.value.trim()
  if (!text || !chat) return
  box.value = ''
  const number = chat.number
  send(text, () => api.write(person, number, text))
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
  element('messages').addEventListener('tap', ({ detail }) => {
    const number = chat.number
    send(detail.button.text, () => api.tap(person, number, detail.button, detail.id))
  })
  showFaults().catch(() => {})
  listen()
}

start()
