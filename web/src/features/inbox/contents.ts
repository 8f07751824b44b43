/** What a message can carry, kind by kind, as the API tells it. */
import type { Message } from '@/shared/api/types'

export type Content = Message['content']
export type Kind<T extends Content['type']> = Extract<Content, { type: T }>

export type Media = Kind<'image' | 'video' | 'audio' | 'document' | 'sticker'>
export type FileRef = Media['file']
export type Place = Kind<'location'>
export type Card = Kind<'contacts'>['cards'][number]
export type Choice = Kind<'choice'>
export type FlowReply = Kind<'flow_reply'>
export type Order = Kind<'order'>
export type Call = Kind<'call'>
export type TemplateContent = Kind<'template'>
export type Shown = NonNullable<TemplateContent['shown']>
export type Section = Kind<'list'>['sections'][number]
export type CarouselCard = Kind<'carousel'>['cards'][number]
export type Header = NonNullable<Kind<'buttons'>['header']>

/** Those with something to tap or fill in; only a business sends them. */
export type Interactive = Kind<
  | 'buttons'
  | 'list'
  | 'link_button'
  | 'location_request'
  | 'address_request'
  | 'flow'
  | 'product'
  | 'product_list'
  | 'catalogue'
  | 'call_permission_request'
  | 'voice_call_button'
  | 'contact_info_request'
  | 'carousel'
>

/** Those that stand between the messages as a line, not in a bubble. */
const LINES: ReadonlySet<string> = new Set(['system', 'welcome_request', 'call', 'call_permission_reply'])

export const isLine = ({ type }: Content) => LINES.has(type)
