/** A channel as the API tells it; its own page tells more than the list. */
import type { paths } from '@/shared/api/schema'
import type { Channel as Listed } from '@/shared/api/types'

export type Channel = Listed
export type Detail = paths['/api/v1/channels/{channel_id}']['get']['responses'][200]['content']['application/json']
export type Notice = Detail['notices'][number]
