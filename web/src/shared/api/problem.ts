/** What went wrong with a request, in words a person can act on (RFC 9457). */
import { t } from '@/shared/i18n/t'
import { told } from '@/shared/i18n/told'

export class Problem extends Error {
  readonly status: number
  /** Stable name of the problem; `offline` when nothing answered. */
  readonly code: string

  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = code
  }
}

const OFFLINE = () => t('The server does not answer. Check your connection, then try again.')
const NO_WORDS = () => t('The server could not do this. Try again in a moment.')

/** The body of a good answer; a bad one is thrown as a Problem. */
export async function answer<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await request.catch(() => {
    throw new Problem(0, 'offline', OFFLINE())
  })
  if (!response.ok) throw problemFrom(error, response.status)
  return data as T
}

export function problemFrom(body: unknown, status: number): Problem {
  const { code, detail } = isRecord(body) ? body : {}
  return new Problem(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    typeof detail === 'string' && detail !== '' ? told(detail) : NO_WORDS(),
  )
}

/** Words for anything thrown, for the error face of a page. */
export function wordsFor(error: unknown): string {
  return error instanceof Problem ? error.message : NO_WORDS()
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
