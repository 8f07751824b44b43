// The panel beside the phone: the simulated clock, and faults in plain words.

import * as api from './api.js'
import { clockTime, longTime, nextHour } from './time.js'

const element = (id) => document.getElementById(id)
const NAMES = { throttle: 'Too fast, try again', hang_up: 'Hangs up without an answer', error: 'Server error' }
const NEAR = ['UTC', 'Africa/Cairo', 'Asia/Dubai', 'Asia/Kuwait', 'Asia/Muscat', 'Asia/Riyadh', 'Europe/London']

let base = Date.now()
let since = performance.now()
let frozen = false

export const zone = () => element('zone').value || 'UTC'
export const now = () => (frozen ? base : base + performance.now() - since)

export function setClock(clock) {
  base = Date.parse(clock.now)
  since = performance.now()
  frozen = clock.frozen
  element('freeze').setAttribute('aria-pressed', String(frozen))
  element('freeze').textContent = frozen ? 'Frozen' : 'Freeze'
  tickOn()
}

export function startPanel(complain, zoneChanged) {
  fillZones()
  element('zone').addEventListener('change', () => {
    localStorage.setItem('metasim.zone', zone())
    tickOn()
    zoneChanged()
  })
  const move = (change) => () => api.moveClock(change()).then(setClock).catch(complain)
  const to = (hour) => () => ({ advance_to: new Date(nextHour(now(), hour, zone())).toISOString() })
  element('hour').addEventListener('click', move(() => ({ advance_seconds: 3600 })))
  element('morning').addEventListener('click', move(to(10)))
  element('tonight').addEventListener('click', move(to(23)))
  element('freeze').addEventListener('click', move(() => ({ freeze: !frozen })))
  for (const button of document.querySelectorAll('[data-fault]')) {
    button.addEventListener('click', () => api.orderFault(button.dataset.fault).then(showFaults).catch(complain))
  }
  setInterval(tickOn, 500)
  setInterval(() => element('orders').childElementCount && showFaults().catch(() => {}), 1500)
}

export async function showFaults() {
  const faults = await api.faults()
  element('orders').replaceChildren(...faults.map((fault) => {
    const item = document.createElement('li')
    const drop = document.createElement('button')
    drop.type = 'button'
    drop.textContent = 'Remove'
    drop.setAttribute('aria-label', `Remove: ${NAMES[fault.kind] ?? fault.kind}`)
    drop.addEventListener('click', () => api.dropFault(fault.id).catch(() => {}).then(showFaults))
    item.append(NAMES[fault.kind] ?? fault.kind, drop)
    return item
  }))
}

function fillZones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const all = [...new Set([own, ...NEAR, ...Intl.supportedValuesOf('timeZone')])]
  element('zone').append(...all.map((name) => new Option(name.replaceAll('_', ' '), name)))
  const kept = localStorage.getItem('metasim.zone')
  element('zone').value = all.includes(kept) ? kept : own
}

function tickOn() {
  element('now').textContent = longTime(now(), zone())
  element('phone-time').textContent = clockTime(now(), zone())
}
