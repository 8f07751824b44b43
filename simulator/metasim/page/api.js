// Calls to the control API of metasim, on the origin that served this page.

export async function call(method, path, body) {
  const answer = await fetch('/_sim' + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const read = await answer.json()
  if (!answer.ok) throw new Error(read.error?.message ?? `metasim answered ${answer.status}`)
  return read
}

const at = (person, rest = '') => `/people/${encodeURIComponent(person)}${rest}`

export const people = () => call('GET', '/people').then((read) => read.people)
export const createPerson = (person) => call('POST', '/people', person)
export const chats = (person) => call('GET', at(person, '/chats')).then((read) => read.chats)
export const thread = (person, number) =>
  call('GET', at(person, `/chats/${encodeURIComponent(number)}`)).then((read) => read.messages)
export const say = (person, number, message) =>
  call('POST', at(person, '/messages'), { number, ...message })
export const tap = (person, number, message, button, more = {}) =>
  call('POST', at(person, '/tap'), { number, message, button, ...more })
export const play = (person, message) => call('POST', at(person, '/play'), { message })
export const questions = (flow) => call('GET', `/flows/${encodeURIComponent(flow)}`).then((read) => read.fields)
export const file = (id) => `/_sim/media/${encodeURIComponent(id)}`
export const read = (person, number) => call('POST', at(person, '/read'), { number })
export const clock = () => call('GET', '/clock')
export const moveClock = (change) => call('POST', '/clock', change)
export const faults = () => call('GET', '/faults').then((read) => read.faults)
export const orderFault = (kind) => call('POST', '/faults', { kind, times: 1 })
export const dropFault = (id) => call('DELETE', `/faults/${encodeURIComponent(id)}`)
