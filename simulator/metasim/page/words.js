// WhatsApp's marks in a text (*bold*, _italic_, ~struck~, `code`) and links, as nodes without markup from outside.

const MARK = /(https?:\/\/[^\s<>"]+)|\*(?=\S)([^*\n]+?)(?<=\S)\*|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)|~(?=\S)([^~\n]+?)(?<=\S)~|`([^`\n]+)`/g
const TAGS = ['', 'a', 'strong', 'em', 's', 'code']

export function words(text) {
  const nodes = []
  let end = 0
  for (const match of text.matchAll(MARK)) {
    nodes.push(text.slice(end, match.index))
    const kind = match.findIndex((group, index) => index > 0 && group !== undefined)
    const node = document.createElement(TAGS[kind])
    node.textContent = match[kind]
    if (kind === 1) Object.assign(node, { href: match[1], target: '_blank', rel: 'noopener noreferrer' })
    nodes.push(node)
    end = match.index + match[0].length
  }
  return [...nodes, text.slice(end)]
}

export function initials(name) {
  const letters = name.split(/\s+/).filter(Boolean).map((word) => [...word][0])
  return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase()
}

export function tint(text) {
  return [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 997, 7) % 5
}

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value)
  }
  node.append(...children)
  return node
}
