/** A conversation in the frame after the press on its row: what the row knows. The rest takes its place as soon as it is drawn. */
import { useQueryClient } from '@tanstack/react-query'
import { Avatar } from '@/shared/ui/avatar'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { t } from '@/shared/i18n/t'
import { listedConversation } from '../api'
import { nameOf } from '../words'
import { ThreadSkeleton } from './thread-skeleton'

export function Opening({ conversationId }: { conversationId: string }) {
  const known = listedConversation(useQueryClient(), conversationId)
  return (
    <Loading what={t('messages')}>
      <div aria-hidden className="flex h-full flex-col">
        <div className="flex items-center gap-2 border-b border-line bg-panel px-3 py-2.5 two:px-4">
          {/* Where the way back is, on a narrow page. */}
          <span className="size-9 shrink-0 two:hidden" />
          {known === undefined ? <Skeleton className="size-10 rounded-full" /> : <Avatar id={known.contact.id} name={nameOf(known.contact)} />}
          {known === undefined ? (
            <Skeleton className="h-4 w-40" />
          ) : (
            <span dir="auto" className="min-w-0 truncate font-semibold">
              {nameOf(known.contact)}
            </span>
          )}
        </div>
        <div className="min-h-0 flex-1 overflow-hidden">
          <ThreadSkeleton />
        </div>
      </div>
    </Loading>
  )
}
