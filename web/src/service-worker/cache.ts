/** The files of the pages, kept by version. */

/** Put in by the build: the files of this version, and a hash over them. */
declare const SHELL_FILES: readonly string[]
declare const SHELL_VERSION: string

const SHELL = `serai-shell-${SHELL_VERSION}`
const FONTS = 'serai-fonts'
const INDEX = '/index.html'

/** All of this version's files, or the version is not installed. */
export async function keepsShell(): Promise<void> {
  const cache = await caches.open(SHELL)
  await cache.addAll(SHELL_FILES.map((path) => new Request(path, { cache: path === INDEX ? 'reload' : 'default' })))
}

/** Drop what older versions kept. */
export async function tidy(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('serai-shell-') && name !== SHELL)
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** The page of this version, at once and whatever the network is like: all that it needs is kept beside it. */
export async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(SHELL)).match(INDEX)
  return kept ?? fetch(request)
}

/** The page of the version that just took over: from the server, or as that version keeps it. */
export async function newerPage(request: Request): Promise<Response> {
  return fetch(request).catch(async () => (await caches.match(INDEX)) ?? Response.error())
}

/** Their names change with their content, so a kept one is never old. */
export async function shellFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

/** Scripts that somebody has read once are there from then on. */
export async function keepsFonts(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept !== undefined) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await (await caches.open(FONTS)).put(request, fresh.clone())
  return fresh
}
