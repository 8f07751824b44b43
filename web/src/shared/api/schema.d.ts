/** The API of Serai as types. Written by `npm run schema` from docs/openapi.json. */
export interface paths {
  '/api/v1/me': { get: Read<components['schemas']['Me']> }
  '/api/v1/channels': { get: Read<Page<components['schemas']['Channel']>, { business_id?: string } & Paging> }
  '/api/v1/templates': { get: Read<Page<components['schemas']['Template']>, { channel_id: string } & Paging> }
  '/api/v1/conversations': {
    get: Read<
      Page<components['schemas']['Conversation']>,
      { business_id?: string; status?: 'open' | 'resolved'; q?: string } & Paging
    >
  }
  '/api/v1/conversations/{conversation_id}': {
    get: ReadOne<components['schemas']['Conversation'], { conversation_id: string }>
  }
  '/api/v1/conversations/{conversation_id}/read': { post: Act<never, { conversation_id: string }> }
  '/api/v1/conversations/{conversation_id}/resolve': {
    post: Act<components['schemas']['Conversation'], { conversation_id: string }>
  }
  '/api/v1/conversations/{conversation_id}/reopen': {
    post: Act<components['schemas']['Conversation'], { conversation_id: string }>
  }
  '/api/v1/conversations/{conversation_id}/messages': {
    get: ReadOne<Page<components['schemas']['Message']>, { conversation_id: string }, Paging>
    post: {
      parameters: {
        query?: never
        header: { 'Idempotency-Key': string }
        path: { conversation_id: string }
        cookie?: never
      }
      requestBody: { content: { 'application/json': { content: NewContent } } }
      responses: { 200: { headers: Headers; content: { 'application/json': components['schemas']['Message'] } } } & Problems
    }
  }
}

type Headers = Record<string, unknown>
type Paging = { limit?: number; cursor?: string }
type Page<T> = { data: T[]; next_cursor: string | null }
type Problems = {
  default: { headers: Headers; content: { 'application/problem+json': components['schemas']['Problem'] } }
}
type Read<T, Q = Record<string, never>> = {
  parameters: { query?: Q; header?: never; path?: never; cookie?: never }
  requestBody?: never
  responses: { 200: { headers: Headers; content: { 'application/json': T } } } & Problems
}
type ReadOne<T, P, Q = Record<string, never>> = {
  parameters: { query?: Q; header?: never; path: P; cookie?: never }
  requestBody?: never
  responses: { 200: { headers: Headers; content: { 'application/json': T } } } & Problems
}
type Act<T, P> = {
  parameters: { query?: never; header?: never; path: P; cookie?: never }
  requestBody?: never
  responses: { 200: { headers: Headers; content: { 'application/json': T } } } & Problems
}
type NewContent =
  | { type: 'text'; body: string }
  | { type: 'template'; name: string; language: string; parameters: string[] }

export interface components {
  schemas: {
    Problem: { type: string; title: string; status: number; code: string; detail: string; field?: string | null }
    Me: {
      organization: { id: string; name: string }
      businesses: components['schemas']['Business'][]
      scopes: string[]
    }
    Business: {
      id: string
      name: string
      sector: 'education' | 'hospitality' | 'investment' | 'ecommerce'
      time_zone: string
      language: string
      always_human: boolean
      open_now: boolean
      next_opening_at: string | null
      next_closing_at: string | null
    }
    Channel: {
      id: string
      business_id: string
      kind: 'whatsapp'
      name: string
      phone_number_id: string
      display_phone_number: string
      waba_id: string
      state: 'active' | 'paused' | 'disconnected'
      paused_reason: string | null
      messages_per_second: number
      created_at: string
    }
    Template: {
      id: string
      name: string
      language: string
      category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION'
      status: string
      header: string | null
      body: string
      parameters: string[]
      samples: string[]
    }
    Window: { open: boolean; closes_at: string | null; allowed: ('text' | 'template')[] }
    Conversation: {
      id: string
      business_id: string
      channel_id: string
      contact: { id: string; name: string | null; phone: string | null; username: string | null }
      status: 'open' | 'pending' | 'snoozed' | 'resolved'
      handled_by: 'automation' | 'people'
      team: string | null
      waiting_since: string | null
      unread_count: number
      needs_attention: boolean
      last_message: {
        text: string
        author_kind: components['schemas']['Message']['author_kind']
        at: string
        state: components['schemas']['Message']['state']
      } | null
      window: components['schemas']['Window']
      last_activity_at: string
    }
    Message: {
      id: string
      conversation_id: string
      direction: 'in' | 'out'
      author_kind: 'contact' | 'agent' | 'bot' | 'automation' | 'campaign' | 'native_app' | 'system'
      content:
        | { type: 'text'; body: string }
        | { type: 'template'; name: string; language: string; parameters: string[]; body: string }
        | { type: 'unsupported'; original: string }
      sent_at: string | null
      created_at: string
      state: 'received' | 'queued' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed' | 'refused' | 'unknown'
      reason: { code: string; text: string } | null
      events: { kind: string; at: string }[]
    }
  }
}
