/** The one way to the API: typed by its OpenAPI, signed with the key, errors as Problems. */
import createClient from 'openapi-fetch'
import { apiKey, signOut } from './key'
import type { paths } from './schema'
import { noteServerTime, TIME_HEADER } from './server-clock'

export const api = createClient<paths>({ baseUrl: location.origin })

api.use({
  onRequest({ request }) {
    const key = apiKey()
    if (key !== null) request.headers.set('Authorization', `Bearer ${key}`)
    return request
  },
  onResponse({ response }) {
    noteServerTime(response.headers.get(TIME_HEADER))
    if (response.status === 401) signOut(true)
  },
})
