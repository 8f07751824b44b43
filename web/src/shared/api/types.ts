/** The API's answers under short names, taken from the paths so that they hold for any generated schema. */
import type { paths } from './schema'

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never
type Item<T> = T extends { data: (infer Row)[] } ? Row : never

export type Me = Answer<'/api/v1/me'>
export type Business = Me['businesses'][number]
export type Channel = Item<Answer<'/api/v1/channels'>>
export type Conversation = Item<Answer<'/api/v1/conversations'>>
export type ConversationPage = Answer<'/api/v1/conversations'>
export type Message = Item<Answer<'/api/v1/conversations/{conversation_id}/messages'>>
export type MessagePage = Answer<'/api/v1/conversations/{conversation_id}/messages'>
/** One thing that happened between a person and the business. */
export type Entry = Item<Answer<'/api/v1/contacts/{contact_id}/timeline'>>
export type Template = Item<Answer<'/api/v1/templates'>>
export type NewContent =
  paths['/api/v1/conversations/{conversation_id}/messages']['post']['requestBody']['content']['application/json']['content']
