/** Sending a file to the server, telling how far it is. `fetch` cannot tell that, so this is the older way. */
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { leave } from '@/shared/session/door'
import { Problem, problemFrom } from './problem'
import type { paths } from './schema'

/** The body of a good answer, whatever its number. */
type Answer<Responses> = Extract<Responses[keyof Responses], { content: { 'application/json': { id: string } } }>['content']['application/json']

const PATH = '/api/v1/files'

export type Taken = Answer<paths['/api/v1/files']['post']['responses']>

export interface Upload {
  file: File
  /** The business whose file it will be. */
  businessId: string
  /** From 0 to 1. */
  onProgress: (share: number) => void
  signal: AbortSignal
  /** Something recorded, to be heard as a voice message. */
  voice?: boolean
}

/** The server's answer. Throws Problem; when aborted, its code is `aborted`. */
export function upload({ file, businessId, onProgress, signal, voice = false }: Upload): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', PATH)
    request.responseType = 'json'
    request.setRequestHeader('Idempotency-Key', newId())
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    request.onload = () => {
      if (request.status === 401) leave(true)
      if (request.status >= 200 && request.status < 300) resolve(request.response as Taken)
      else reject(problemFrom(request.response, request.status))
    }
    request.onerror = () => reject(new Problem(0, 'offline', t('The file did not reach the server. Check your connection, then try again.')))
    request.onabort = () => reject(new Problem(0, 'aborted', t('Stopped.')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(formOf(file, businessId, voice))
  })
}

function formOf(file: File, businessId: string, voice: boolean): FormData {
  const form = new FormData()
  form.append('business_id', businessId)
  if (voice) form.append('voice', 'true')
  form.append('file', file, file.name)
  return form
}
