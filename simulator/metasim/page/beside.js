// Another page beside the phone (?beside=URL): at the right when wide, in a tab when narrow.

const element = (id) => document.getElementById(id)

export function showBeside() {
  const wanted = new URLSearchParams(location.search).get('beside')
  if (!wanted) return
  const url = readable(wanted)
  const side = element('team-side')
  side.hidden = false
  document.body.classList.add('has-beside')
  document.querySelector('.tabs').hidden = false
  if (url) {
    const frame = Object.assign(document.createElement('iframe'), { src: url, title: 'Team' })
    side.append(frame)
  } else {
    const hint = Object.assign(document.createElement('p'), { className: 'hint' })
    hint.textContent = 'The page beside the phone needs an http or https address.'
    side.append(hint)
  }
  const tabs = [element('tab-phone'), element('tab-team')]
  for (const tab of tabs) {
    tab.addEventListener('click', () => choose(tab, tabs))
    tab.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') choose(tabs.find((other) => other !== tab), tabs)
    })
  }
}

function readable(text) {
  try {
    const url = new URL(text, location.href)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

function choose(tab, tabs) {
  for (const other of tabs) {
    other.setAttribute('aria-selected', String(other === tab))
    other.tabIndex = other === tab ? 0 : -1
  }
  document.body.classList.toggle('shows-team', tab.id === 'tab-team')
  tab.focus()
}
