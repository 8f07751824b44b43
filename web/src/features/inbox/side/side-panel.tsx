/** Beside the thread: whose it is, who the person is, what they agreed to, what they filled in, and what was before. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Avatar } from '@/shared/ui/avatar'
import { Failed } from '@/shared/ui/notice'
import { Sheet } from '@/shared/ui/sheet'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { backgroundQuery } from '../teamwork/api'
import { addressOf, nameOf } from '../words'
import { CollectedList } from './collected-list'
import { EarlierList } from './earlier-list'
import { PersonParts } from './person-parts'
import { Notes, Responsible, ResponseTimes } from './work-parts'

// Its words and icons are many, and it stands at the end.
const HistoryPart = lazy(() => import('./history-part').then((part) => ({ default: part.HistoryPart })))

interface Props {
  conversation: Conversation
  isWide: boolean
  onClose: () => void
}

export function SidePanel({ conversation, isWide, onClose }: Props) {
  const title = t('About this person')
  if (!isWide) {
    return (
      <Sheet title={title} onClose={onClose}>
        <Body conversation={conversation} />
      </Sheet>
    )
  }
  return (
    <aside aria-label={title} className="h-full w-72 shrink-0 overflow-y-auto border-s border-line bg-panel">
      <Body conversation={conversation} />
    </aside>
  )
}

function Body({ conversation }: { conversation: Conversation }) {
  const { contact } = conversation
  const name = nameOf(contact)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 p-4">
      <div className="grid justify-items-center gap-2 pt-2 text-center">
        <Avatar id={contact.id} name={name} size="huge" />
        <div className="min-w-0">
          <p className="font-semibold break-words">
            <bdi>{name}</bdi>
          </p>
          {addressOf(contact) !== null && (
            <p className="text-sm text-soft">
              <bdi dir="ltr">{addressOf(contact)}</bdi>
            </p>
          )}
        </div>
      </div>
      <Responsible conversation={conversation} />
      <PersonParts contactId={contact.id} />
      <Notes conversationId={conversation.id} />
      <Background conversationId={conversation.id} />
      <Suspense>
        <HistoryPart contactId={contact.id} conversationId={conversation.id} />
      </Suspense>
    </div>
  )
}

function Background({ conversationId }: { conversationId: string }) {
  const query = useQuery(backgroundQuery(conversationId))
  if (query.isPending) {
    return (
      <Loading what={t('what was before')}>
        <Skeleton className="h-16 rounded-xl" />
      </Loading>
    )
  }
  if (query.data === undefined) {
    return <Failed what={t('What was before could not be loaded')} error={query.error} retry={query.refetch} />
  }
  return (
    <>
      <ResponseTimes times={query.data.response_times} />
      <CollectedList collected={query.data.collected} />
      <EarlierList earlier={query.data.earlier} />
    </>
  )
}
