/** One conversation: header, thread, reply box; and its other faces. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Business, Channel, Conversation, Message } from '@/shared/api/types'
import { isolated } from '@/shared/i18n/isolated'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { useNow } from '@/shared/lib/use-now'
import { Empty, Failed } from '@/shared/ui/notice'
import { Loading } from '@/shared/ui/skeleton'
import { channelsQuery, conversationQuery, listedConversation, messagesQuery } from '../api'
import { Composer } from '../composer/composer'
import { Scheduled } from '../composer/scheduled'
import { useMarkRead, useOutgoing, useReact } from '../mutations'
import { linesQuery } from '../teamwork/api'
import { Collision } from '../teamwork/collision'
import { TypingLine } from '../teamwork/others-here'
import { ReplyOrNote } from '../teamwork/reply-or-note'
import { useBeHere } from '../teamwork/use-presence'
import { useReadMentions } from '../teamwork/use-read-mentions'
import { SidePanel } from '../side/side-panel'
import { useSidePanel } from '../side/use-side-panel'
import { ConversationHeader } from './conversation-header'
import { MessageList } from './message-list'
import { Opening } from './opening'
import { ThreadSkeleton } from './thread-skeleton'

interface Props {
  conversationId: string
  businesses: ReadonlyMap<string, Business>
}

const MINUTE_TURNS_MS = 10_000

export default function ConversationPane({ conversationId, businesses }: Props) {
  const client = useQueryClient()
  // What its row knows is shown meanwhile, and its messages are asked for beside it, not after it.
  const query = useQuery({ ...conversationQuery(conversationId), placeholderData: () => listedConversation(client, conversationId) })
  if (query.isPending && query.fetchStatus === 'paused') return <NotHere />
  if (query.isPending) return <Opening conversationId={conversationId} businesses={businesses} />
  if (query.data === undefined) {
    return <Failed what={t('This conversation could not be loaded')} error={query.error} retry={query.refetch} />
  }
  return <Opened conversation={query.data} business={businesses.get(query.data.business_id)} />
}

function Opened({ conversation, business }: { conversation: Conversation; business: Business | undefined }) {
  const channels = useQuery(channelsQuery)
  const now = useNow(MINUTE_TURNS_MS)
  const [replyTo, setReplyTo] = useState<Message | null>(null)
  const channel = channels.data?.data.find(({ id }) => id === conversation.channel_id)
  const side = useSidePanel()
  useBeHere(conversation.id)
  useReadMentions(conversation.id)
  return (
    <div className="flex h-full min-h-0">
      <section aria-label={t('Conversation')} data-opened={conversation.id} className="relative flex h-full min-h-0 min-w-0 flex-1 flex-col">
        <ConversationHeader conversation={conversation} business={business} now={now} side={side} />
        {channel !== undefined && channel.state !== 'active' && <ChannelNotice channel={channel} />}
        <Thread conversation={conversation} now={now} onReply={setReplyTo} />
        <Scheduled conversation={conversation} />
        <TypingLine conversationId={conversation.id} />
        <ReplyOrNote key={conversation.id} conversation={conversation}>
          <Composer conversation={conversation} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} />
        </ReplyOrNote>
        <Collision conversationId={conversation.id} />
      </section>
      {side.open && <SidePanel conversation={conversation} isWide={side.isWide} onClose={side.toggle} />}
    </div>
  )
}

function ChannelNotice({ channel }: { channel: Channel }) {
  const number = isolated(channel.address)
  const words =
    channel.state === 'paused'
      ? t('The number {number} is paused. Messages wait until it runs again.', { number })
      : t('The number {number} is not connected. Nothing can be sent.', { number })
  return (
    <p role="status" className="border-b border-line bg-lamp-soft px-4 py-2 text-sm text-lamp-ink">
      {words} {channel.paused_reason}
    </p>
  )
}

interface ThreadProps {
  conversation: Conversation
  now: number
  onReply: (message: Message) => void
}

function Thread({ conversation, now, onReply }: ThreadProps) {
  const query = useInfiniteQuery(messagesQuery(conversation.id))
  const told = useInfiniteQuery(linesQuery(conversation.id)).data?.pages
  const lines = useMemo(() => (told ?? []).flatMap(({ data }) => data), [told])
  const outgoing = useOutgoing(conversation.id)
  const actions = useActions(conversation, onReply)
  const pages = query.data?.pages
  const messages = useMemo(() => (pages ?? []).flatMap(({ data }) => data), [pages])
  useReadWhileSeen(conversation)
  if (query.isPending) return query.fetchStatus === 'paused' ? <NotHere /> : <ThreadLoading />
  if (query.data === undefined) {
    return (
      <div className="min-h-0 flex-1">
        <Failed what={t('The messages could not be loaded')} error={query.error} retry={query.refetch} />
      </div>
    )
  }
  if (messages.length + outgoing.length + lines.length === 0) {
    return (
      <div className="min-h-0 flex-1">
        <Empty title={t('Nothing said yet')}>{t('The first message will be here.')}</Empty>
      </div>
    )
  }
  return (
    <MessageList
      key={conversation.id}
      conversationId={conversation.id}
      messages={messages}
      lines={lines}
      outgoing={outgoing}
      now={now}
      actions={actions}
      loadOlder={query.hasNextPage ? () => void query.fetchNextPage() : null}
    />
  )
}

/** What may be done with a message; nothing while the window is closed, or by somebody who only reads. */
function useActions({ id, window, business_id }: Conversation, onReply: (message: Message) => void) {
  const { mutate: react } = useReact(id)
  const mayAnswer = useMay('conversations:answer', business_id)
  const isOpen = window.open && mayAnswer
  return useMemo(
    () => ({
      reply: isOpen ? onReply : null,
      react: isOpen ? (message: Message, emoji: string | null) => react({ message, emoji }) : null,
    }),
    [isOpen, onReply, react],
  )
}

/** What somebody who answers has before their eyes is read. */
function useReadWhileSeen({ id, unread_count, business_id }: Conversation): void {
  const { mutate } = useMarkRead(id)
  const mayAnswer = useMay('conversations:answer', business_id)
  useEffect(() => {
    if (unread_count === 0 || !mayAnswer) return
    const mark = () => {
      if (document.visibilityState === 'visible') mutate()
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [id, unread_count, mayAnswer, mutate])
}

/** There is no network, and it was never read here. */
function NotHere() {
  return (
    <div className="min-h-0 flex-1">
      <Empty title={t('You are offline')}>{t('This conversation is not kept on this device. It opens when you are back.')}</Empty>
    </div>
  )
}

function ThreadLoading() {
  return (
    <div className="min-h-0 flex-1">
      <Loading what={t('messages')}>
        <ThreadSkeleton />
      </Loading>
    </div>
  )
}
