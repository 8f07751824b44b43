/**
 * The inbox comes in one file that the browser asks for beside the first ones, not after them.
 *
 * The script in `index.html` asks for it if who is signed in comes to the inbox; other pages do not need it.
 */
import type { Plugin, Rolldown } from 'vite'

const ENTRY = '/src/app/main.tsx'
const ROUTE = '/src/app/inbox-route.tsx'
const PLACE = '__INBOX_FILES__'
const FONT_PLACE = '__FONT_FILE__'
const FONT = /hanken-grotesk-latin-wght-normal-[^/]*\.woff2$/

export interface EarlyRoute {
  plugin: Plugin
  /** Whether a module is fetched by every page; known once all modules are read, as the next. */
  isOfAll: (id: string) => boolean
  /** Whether it is the inbox's besides. */
  isOwn: (id: string) => boolean
}

export function earlyRoute(): EarlyRoute {
  let first = new Set<string>()
  let own = new Set<string>()
  const plugin: Plugin = {
    name: 'serai:early-route',
    buildEnd() {
      const all = Array.from(this.getModuleIds())
      const ours = (found: Set<string>) => new Set(Array.from(found).filter((id) => id.includes('/web/src/')))
      const reach = (end: string, not: ReadonlySet<string>) => {
        const found = new Set<string>()
        const add = (id: string) => {
          if (found.has(id) || not.has(id)) return
          found.add(id)
          for (const next of this.getModuleInfo(id)?.importedIds ?? []) add(next)
        }
        for (const id of all.filter((each) => each.endsWith(end))) add(id)
        return found
      }
      first = ours(reach(ENTRY, new Set()))
      own = ours(reach(ROUTE, first))
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        html.replace(PLACE, JSON.stringify(filesOf(bundle, html))).replace(FONT_PLACE, JSON.stringify(fontOf(bundle))),
    },
  }
  return { plugin, isOfAll: (id) => first.has(id), isOwn: (id) => own.has(id) }
}

/** The route's chunk with all that it imports, but what the page names already. */
function filesOf(bundle: Rolldown.OutputBundle, html: string): string[] {
  // While pages are written there are no chunks.
  if (Object.keys(bundle).length === 0) return []
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const route = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(ROUTE)))
  if (route === undefined) throw new Error(`${ROUTE} is in no chunk`)
  return [route.fileName, ...route.imports].map((name) => `/${name}`).filter((path) => !html.includes(path))
}

function fontOf(bundle: Rolldown.OutputBundle): string {
  return `/${Object.keys(bundle).find((name) => FONT.test(name)) ?? 'icon.svg'}`
}
