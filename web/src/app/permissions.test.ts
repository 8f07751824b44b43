/**
 * What is hidden is forbidden, and what is forbidden is hidden: the pages against the guide's table of roles and
 * routes, which the server's own tests hold against every route.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SECTIONS } from './sections'
import { SETTINGS } from './settings-sections'

const GUIDE = readFileSync('../docs/guide/permissions.md', 'utf8')
const FEATURES = 'src/features'
const ROLES = ['owner', 'manager', 'agent', 'analyst', 'auditor']

/** Which roles have a permission. */
const HOLDERS = new Map(
  [...GUIDE.matchAll(/^\| `([a-z]+:[a-z]+)`[ †]*\|(.*)\|$/gm)].map(([, name = '', cells = '']) => [
    name,
    new Set(ROLES.filter((_, place) => cells.split('|')[place]?.includes('✓'))),
  ]),
)

/** What a route asks for: `GET /keys` → keys:read. */
const NEEDS = new Map<string, string[]>()
for (const [, permission = '', routes = ''] of GUIDE.matchAll(/\*\*`([a-z]+:[a-z]+)`\*\*\n\n((?:- .*\n)+)/g)) {
  for (const [, route = ''] of routes.matchAll(/- `(.*)`/g)) NEEDS.set(route, [...(NEEDS.get(route) ?? []), permission])
}

/** Every role that may do `one` may do `other`. */
const implies = (one: string, other: string) => [...(HOLDERS.get(one) ?? ['nobody knows it'])].every((role) => HOLDERS.get(other)?.has(role))

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

const callsIn = (text: string) =>
  new Set([...text.matchAll(/api\.(GET|POST|PUT|PATCH|DELETE)\(\s*'\/api\/v1([^']*)'/g)].map(([, method = '', path = '']) => `${method} ${path}`))

/** Permissions that a feature's own parts ask for before they show something. */
const askedIn = (text: string) => [...text.matchAll(/(?:[mM]ay\w*|includes)\(\s*'([a-z]+:[a-z]+)'/g)].map(([, name = '']) => name)

/** By which page each feature is come to, and what that page asks for. */
const SETTINGS_SOURCE = readFileSync('src/app/settings-sections.tsx', 'utf8')
const PAGE_OF = new Map([...SETTINGS_SOURCE.matchAll(/const (\w+) = lazy\(\(\) => import\('@\/features\/([^/']+)/g)].map(([, page = '', feature = '']) => [page, feature]))

function askedByPages(feature: string): string[] {
  const found = [...SETTINGS_SOURCE.matchAll(/permission: '([a-z:]+)',\s*page: (\w+)/g)]
  const ofSettings = found.filter(([, , page = '']) => PAGE_OF.get(page) === feature).map(([, permission = '']) => permission)
  const ofSections = SECTIONS.filter(({ to }) => to.split('/')[1] === feature).map(({ permission }) => permission ?? '')
  return [...ofSettings, ...ofSections.filter(Boolean)]
}

/** What everybody may who is signed in need not be asked for. */
const isForAll = (permission: string) => HOLDERS.get(permission)?.size === ROLES.length

test('the guide tells of roles and routes', () => {
  expect(HOLDERS.size).toBeGreaterThan(20)
  expect(NEEDS.size).toBeGreaterThan(150)
})

describe('each page asks for a permission that its role is refused without', () => {
  const pages = [
    ...SECTIONS.map(({ to, permission }): [string, string] => [to, permission ?? '']),
    ...SETTINGS.map(({ path, permission }): [string, string] => [`/settings/${path}`, permission ?? '']),
  ]
  test.each(pages.filter(([, permission]) => permission !== ''))('%s: %s', (_, permission) => {
    expect(HOLDERS.has(permission)).toBe(true)
    expect([...NEEDS.values()].flat()).toContain(permission)
  })
  test.each(['members', 'keys', 'audit'])('agents have no page for %s', (path) => {
    const permission = SETTINGS.find((each) => each.path === path)?.permission ?? ''
    expect(HOLDERS.get(permission)?.has('agent')).toBe(false)
  })
})

describe('nothing is asked of the server that its page does not know to be allowed', () => {
  const features = readdirSync(FEATURES)
  test.each(features)('%s', (feature) => {
    const text = sources(join(FEATURES, feature))
    const asked = [...new Set([...askedIn(text), ...askedByPages(feature)])]
    const unknown = [...callsIn(text)].filter((call) =>
      (NEEDS.get(call) ?? []).some((needed) => !isForAll(needed) && !asked.some((each) => implies(each, needed))),
    )
    expect(unknown.map((call) => `${call} needs ${(NEEDS.get(call) ?? []).join(', ')}`)).toEqual([])
  })
})
