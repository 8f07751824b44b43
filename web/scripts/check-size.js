/** Fails when the first page load (script and style that index.html names) is larger than we promise. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 150
const DIST = new URL('../../server/serai/web_dist/', import.meta.url)

const page = readFileSync(new URL('index.html', DIST), 'utf8')
const files = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
const sizes = files.map((name) => ({ name, kb: gzipSync(readFileSync(new URL(name, DIST))).length / 1024 }))
const total = sizes.reduce((sum, { kb }) => sum + kb, 0)

for (const { name, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} KB  ${name}`)
console.log(`${total.toFixed(1).padStart(7)} KB  first load, gzip (limit ${LIMIT_KB})`)
if (files.length === 0 || total > LIMIT_KB) process.exit(1)
