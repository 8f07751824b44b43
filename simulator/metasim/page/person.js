// The dialog that makes a new person.

import * as api from './api.js'

const element = (id) => document.getElementById(id)

export function offerPerson(made) {
  const dialog = element('person-dialog')
  const trouble = element('person-trouble')
  trouble.hidden = true
  element('person-form').reset()
  element('new-phone').value = `+1 555 ${100 + random(900)} ${1000 + random(9000)}`
  element('person-cancel').onclick = () => dialog.close()
  element('person-form').onsubmit = async (event) => {
    event.preventDefault()
    try {
      const person = await api.createPerson(described())
      dialog.close()
      await made(person)
    } catch (problem) {
      trouble.hidden = false
      trouble.textContent = problem.message
    }
  }
  dialog.showModal()
}

function described() {
  const username = element('new-username').value.trim()
  const person = { name: element('new-name').value.trim(), phone: element('new-phone').value, reads: 'manual' }
  return username ? { ...person, username, shows_phone: false } : person
}

function random(below) {
  return crypto.getRandomValues(new Uint32Array(1))[0] % below
}
