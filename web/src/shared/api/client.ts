/** The one way to the API: typed by its OpenAPI, the session's cookie goes along by itself, errors as Problems. */
import createClient from 'openapi-fetch'
import { leave } from '@/shared/session/door'
import { fetchEarly } from './early'
import type { paths } from './schema'
import { noteServerTime, TIME_HEADER } from './server-clock'

export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchEarly })

/** A wrong password is a 401 as well, and no reason to leave. */
const WAYS_IN = '/api/v1/session'

api.use({
  onResponse({ request, response }) {
    noteServerTime(response.headers.get(TIME_HEADER))
    if (response.status === 401 && !new URL(request.url).pathname.startsWith(WAYS_IN)) leave(true)
  },
})
