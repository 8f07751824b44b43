/**
 * What the first page asks of the server, asked before the pages have arrived: the script in `index.html` sends it while
 * the rest is on its way. Which list that is, a page says once and this device remembers.
 */
const NAME = 'serai.first-list'
/** Later answers (milliseconds since the start) are for others than the first page. */
const START_MS = 10_000
const LIST = '/api/v1/conversations'

declare global {
  interface Window {
    /** By path and query. */
    early?: Partial<Record<string, Promise<Response>>>
  }
}

/** Like `fetch`; an answer that is already on its way is taken, once. */
export async function fetchEarly(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const path = pathname + search
  if (request.method !== 'GET' || performance.now() > START_MS) return fetch(request)
  remember(path, pathname)
  const early = globalThis.window.early?.[path]
  if (early === undefined) return fetch(request)
  globalThis.window.early = { ...globalThis.window.early, [path]: undefined }
  const response = await early.catch(() => null)
  return response?.ok === true ? response : fetch(request)
}

/** The list of an inbox without filters is the one that most visits begin with. */
function remember(path: string, pathname: string): void {
  const isFirst = pathname === LIST && location.pathname === '/inbox' && location.search === '' && !path.includes('cursor=')
  if (isFirst) localStorage.setItem(NAME, path)
}
