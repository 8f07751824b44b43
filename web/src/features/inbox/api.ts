/** Everything the inbox asks of the server. */
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { Conversation, ConversationPage, MessagePage } from '@/shared/api/types'
import type { InboxSearch } from './search-params'

const PAGE_SIZE = 50
/** While a file of the conversation is on its way. */
const FILES_MS = 2_000
/** The window may close, or a clock be set, without any event: look again. */
const RENEW_MS = 30_000

export const keys = {
  conversations: ['conversations'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  sending: (id: string) => ['sending', id] as const,
}

/** One page of the list; `cursor: null` is the first. */
export const askConversations = (search: InboxSearch, cursor: string | null) =>
  answer(
    api.GET('/api/v1/conversations', {
      params: { query: { limit: PAGE_SIZE, ...asked(search), ...(cursor !== null && { cursor }) } },
    }),
  )

export const conversationsQuery = (search: InboxSearch) =>
  infiniteQueryOptions({
    queryKey: [...keys.conversations, search],
    queryFn: ({ pageParam }) => askConversations(search, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })

/** As the newest list that has it shows it. */
export function listedConversation(client: QueryClient, id: string): Conversation | undefined {
  const lists = client.getQueryCache().findAll({ queryKey: keys.conversations }).toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const { state } of lists) {
    for (const { data } of (state.data as InfiniteData<ConversationPage> | undefined)?.pages ?? []) {
      const found = data.find((row) => row.id === id)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** Where somebody was mentioned is shown whatever its state. */
function whose({ status, queue }: InboxSearch) {
  if (queue === 'mentions') return { mentioned: true }
  const open = { status: status ?? ('open' as const) }
  if (queue === undefined) return open
  return { ...open, assignee: queue === 'mine' ? 'me' : 'nobody' }
}

function asked(search: InboxSearch) {
  const { business, team, tag, channel, unread, order, q } = search
  return {
    ...whose(search),
    ...(business !== undefined && { business_id: business }),
    ...(team !== undefined && { team_id: team }),
    ...(tag !== undefined && { tag_id: tag }),
    ...(channel !== undefined && { channel_id: channel }),
    ...(unread === true && { unread: true }),
    ...(order !== undefined && { sort: order }),
    ...(q !== undefined && { q }),
  }
}

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: () =>
      answer(api.GET('/api/v1/conversations/{conversation_id}', { params: { path: { conversation_id: id } } })),
    refetchInterval: RENEW_MS,
  })

/** Pages go back in time: the newest first. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.messages(id),
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/conversations/{conversation_id}/messages', {
          params: {
            path: { conversation_id: id },
            query: { earlier: true, limit: PAGE_SIZE, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    // That a file has come is not told of: look until it has.
    refetchInterval: ({ state }) => (hasWaitingFile(state.data?.pages ?? []) ? FILES_MS : false),
  })

const hasWaitingFile = (pages: MessagePage[]) =>
  pages.some(({ data }) => data.some(({ files }) => files?.some(({ state }) => state === 'waiting') ?? false))

/** What a message said at first, and after each change; the oldest first. */
export const revisionsQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['revisions', messageId],
    queryFn: () =>
      answer(api.GET('/api/v1/messages/{message_id}/revisions', { params: { path: { message_id: messageId } } })),
    // The next change must be seen when it is looked at again.
    staleTime: 0,
  })

export const templatesQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['templates', channelId],
    queryFn: () => answer(api.GET('/api/v1/templates', { params: { query: { channel_id: channelId, limit: 100 } } })),
    staleTime: 5 * 60_000,
  })

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: () => answer(api.GET('/api/v1/channels', { params: { query: { limit: 100 } } })),
  staleTime: 60_000,
})
