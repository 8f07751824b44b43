/** A conversation in the frame after the press on its row: what the row knows. The rest takes its place as soon as it is drawn. */
import { useQueryClient } from '@tanstack/react-query'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { BusinessMark } from '@/shared/ui/arch'
import { Avatar } from '@/shared/ui/avatar'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { listedConversation } from '../api'
import { nameOf } from '../words'
import { BackToList } from './back-to-list'
import { ThreadSkeleton } from './thread-skeleton'

interface Props {
  conversationId: string
  businesses: ReadonlyMap<string, Business>
}

export function Opening({ conversationId, businesses }: Props) {
  const known = listedConversation(useQueryClient(), conversationId)
  return (
    <div className="flex h-full flex-col">
      <div className="border-b border-line bg-panel px-3 py-2.5 two:px-4">
        <div className="flex h-10 items-center gap-2">
          <BackToList />
          {known === undefined ? <Skeleton className="h-4 w-40" /> : <Person contact={known.contact} />}
        </div>
        <div className="mt-2 flex h-6 items-center pointer-coarse:h-8">
          {known !== undefined && <WrittenTo business={businesses.get(known.business_id)} />}
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-hidden">
        <Loading what={t('messages')}>
          <ThreadSkeleton />
        </Loading>
      </div>
      {/* Where the reply will be written. */}
      <div className="h-30.5 shrink-0 border-t border-line bg-panel" />
    </div>
  )
}

function Person({ contact }: Pick<Conversation, 'contact'>) {
  const name = nameOf(contact)
  return (
    <>
      <Avatar id={contact.id} name={name} />
      <span dir="auto" className="min-w-0 truncate font-semibold">
        {name}
      </span>
    </>
  )
}

function WrittenTo({ business }: { business: Business | undefined }) {
  if (business === undefined) return null
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs font-medium">
      <BusinessMark business={business} size="small" />
      <span dir="auto" className="truncate">
        {business.name}
      </span>
    </span>
  )
}
