/** What a message can carry, as the API tells it. Optional members may be absent or null. */

type Maybe<T> = T | null | undefined

export interface FileRef {
  id?: Maybe<string>
  link?: Maybe<string>
  mime_type?: Maybe<string>
  name?: Maybe<string>
}

export interface Media {
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker'
  file: FileRef
  caption?: Maybe<string>
  voice?: boolean
  animated?: boolean
}

export interface Place {
  type: 'location'
  latitude: number
  longitude: number
  name?: Maybe<string>
  address?: Maybe<string>
  url?: Maybe<string>
}

export interface Card {
  name: string
  phones?: { phone: string; type?: Maybe<string> }[]
  emails?: { value: string; type?: Maybe<string> }[]
  urls?: { value: string; type?: Maybe<string> }[]
  addresses?: {
    street?: Maybe<string>
    city?: Maybe<string>
    state?: Maybe<string>
    zip?: Maybe<string>
    country?: Maybe<string>
  }[]
  company?: Maybe<string>
  title?: Maybe<string>
  birthday?: Maybe<string>
}

export interface Choice {
  type: 'choice'
  kind: string
  id: string
  title: string
  description?: Maybe<string>
}

export interface FlowReply {
  type: 'flow_reply'
  name: string
  body?: string
  values?: Record<string, unknown>
}

export interface Order {
  type: 'order'
  catalog_id: string
  items: { product_id: string; quantity: number; price: number | string; currency: string }[]
  text?: Maybe<string>
}

export interface Call {
  type: 'call'
  direction: string
  status: string
  duration_seconds?: Maybe<number>
}

export interface Header {
  kind: string
  text?: Maybe<string>
  file?: Maybe<FileRef>
}

interface Framed {
  body: string
  header?: Maybe<Header>
  footer?: Maybe<string>
}

interface Tap {
  id: string
  title: string
}

export interface Section {
  title?: Maybe<string>
  rows: (Tap & { description?: Maybe<string> })[]
}

export interface CarouselCard {
  header?: Maybe<Header>
  body?: Maybe<string>
  label?: Maybe<string>
  url?: Maybe<string>
  buttons?: Tap[]
  product_id?: Maybe<string>
}

export type Interactive =
  | (Framed & { type: 'buttons'; buttons: Tap[] })
  | (Framed & { type: 'list'; button: string; sections: Section[] })
  | (Framed & { type: 'link_button'; label: string; url: string })
  | { type: 'location_request'; body: string }
  | { type: 'address_request'; body: string }
  | (Framed & { type: 'flow'; cta: string })
  | { type: 'product'; catalog_id: string; product_id: string; body?: Maybe<string>; footer?: Maybe<string> }
  | {
      type: 'product_list'
      catalog_id: string
      header: string
      body: string
      sections: { title: string; product_ids: string[] }[]
      footer?: Maybe<string>
    }
  | { type: 'catalogue'; body: string; footer?: Maybe<string> }
  | { type: 'call_permission_request'; body?: Maybe<string> }
  | { type: 'voice_call_button'; body: string; label: string }
  | { type: 'contact_info_request'; body: string }
  | { type: 'carousel'; body: string; cards: CarouselCard[] }

type HeaderValue = { type: string; file?: Maybe<FileRef>; name?: Maybe<string>; address?: Maybe<string> }

/** What stands around the body of a template, as the person sees it. */
export interface Shown {
  body?: string
  header_kind?: Maybe<string>
  header_text?: Maybe<string>
  footer?: Maybe<string>
  /** The words of a limited-time offer. */
  offer?: Maybe<string>
  /** Milliseconds since 1970. */
  offer_expires_at_ms?: Maybe<number>
  buttons?: { kind: string; text: string; url?: Maybe<string>; phone_number?: Maybe<string>; code?: Maybe<string> }[]
  cards?: Shown[]
}

export interface TemplateContent {
  type: 'template'
  name: string
  language: string
  body: string
  header?: Maybe<HeaderValue>
  cards?: { header?: Maybe<HeaderValue> }[]
  shown?: Maybe<Shown>
}

export type Content =
  | { type: 'text'; body: string }
  | TemplateContent
  | Media
  | Place
  | { type: 'contacts'; cards: Card[]; shared_own?: boolean }
  | { type: 'reaction'; target: string; emoji?: Maybe<string> }
  | Choice
  | FlowReply
  | Order
  | Call
  | { type: 'call_permission_reply'; granted: boolean; permanent?: boolean; expires_at?: Maybe<number> }
  | { type: 'system'; kind: string; body?: string }
  | { type: 'welcome_request' }
  | { type: 'deleted' }
  | { type: 'unsupported'; original: string; reason?: Maybe<string> }
  | Interactive

/** Those that stand between the messages as a line, not in a bubble. */
const LINES: ReadonlySet<string> = new Set(['system', 'welcome_request', 'call', 'call_permission_reply'])

export const isLine = ({ type }: Content) => LINES.has(type)
