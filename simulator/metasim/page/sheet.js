// A sheet over the phone: choose one of several, or fill in a few fields. Escape and Cancel mean neither.

import { make } from './words.js'

const dialog = document.getElementById('sheet')

export function choose(title, sections) {
  return open(title, (done) => [...sections.flatMap((section) => [
    section.title ? make('h3', { dir: 'auto' }, section.title) : '',
    make('ul', { class: 'choices', role: 'list' }, ...section.rows.map((row) => {
      const node = make('button', { type: 'button', 'aria-label': row.label }, make('span', { dir: 'auto' }, row.text), row.note ? make('span', { class: 'small', dir: 'auto' }, row.note) : '')
      node.addEventListener('click', () => done(row.value))
      return make('li', {}, node)
    })),
  ]), make('div', { class: 'row end' }, cancel())])
}

export function ask(title, fields) {
  return open(title, (done) => {
    const form = make('form', { method: 'dialog' }, ...fields.map(field), make('div', { class: 'row end' }, cancel(), make('button', { type: 'submit', class: 'main' }, 'Send')))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      done(read(fields, new FormData(form)))
    })
    return [form]
  })
}

function field(about) {
  const id = `sheet-${about.name}`
  const input = about.choices
    ? make('select', { id, name: about.name }, ...Object.entries(about.choices).map(([value, text]) => make('option', { value }, text)))
    : make('input', { id, name: about.name, value: about.value ?? '', dir: 'auto', autocomplete: 'off', inputmode: about.number ? 'decimal' : undefined })
  return make('p', { class: 'field' }, make('label', { for: id }, about.label), input)
}

// Fields that were left empty are left out.
function read(fields, data) {
  const filled = fields.map((each) => [each, String(data.get(each.name) ?? '').trim()]).filter(([, text]) => text)
  return Object.fromEntries(filled.map(([each, text]) => [each.name, each.number ? Number(text) : text]))
}

function cancel() {
  const node = make('button', { type: 'button', class: 'plain' }, 'Cancel')
  node.addEventListener('click', () => dialog.close())
  return node
}

function open(title, build) {
  return new Promise((settle) => {
    let answer = null
    const done = (value) => { answer = value; dialog.close() }
    dialog.replaceChildren(make('h2', { id: 'sheet-title', dir: 'auto' }, title), ...build(done))
    dialog.addEventListener('close', () => settle(answer), { once: true })
    dialog.showModal()
  })
}
