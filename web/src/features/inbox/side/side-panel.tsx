/** Beside the thread: who the person is, what they agreed to, what they filled in, and what was before. */
import { useQuery } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { answer } from '@/shared/api/problem'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Avatar } from '@/shared/ui/avatar'
import { Failed } from '@/shared/ui/notice'
import { Sheet } from '@/shared/ui/sheet'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { backgroundQuery } from '../teamwork/api'
import { TagMark } from '@/shared/ui/tag'
import { addressOf, nameOf } from '../words'
import { CollectedList } from './collected-list'
import { EarlierList } from './earlier-list'
import { Part } from './part'

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
      <Person contactId={contact.id} />
      <Background conversationId={conversation.id} />
    </div>
  )
}


const contactQuery = (id: string) => ({
  queryKey: ['contact', id],
  queryFn: () => answer(api.GET('/api/v1/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
})

function Person({ contactId }: { contactId: string }) {
  const { data } = useQuery(contactQuery(contactId))
  if (data === undefined) return null
  const facts: [string, string | null][] = [
    [t('Company'), data.company],
    [t('Language'), data.language],
    [t('Marketing'), agreedWords(data.agreed_to_marketing)],
  ]
  return (
    <>
      <Part title={t('Details')}>
        <dl className="grid gap-1 text-sm">
          {facts.map(([title, value]) =>
            value === null ? null : (
              <div key={title} className="flex justify-between gap-3">
                <dt className="shrink-0 text-soft">{title}</dt>
                <dd className="min-w-0 text-end break-words">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
          )}
        </dl>
      </Part>
      {data.tags.length > 0 && (
        <Part title={t('Tags of the person')}>
          <div className="flex flex-wrap gap-1">
            {data.tags.map((tag) => (
              <TagMark key={tag.id} tag={tag} />
            ))}
          </div>
        </Part>
      )}
    </>
  )
}

function agreedWords(agreed: 'yes' | 'no' | 'unknown'): string {
  if (agreed === 'yes') return t('Agreed')
  return agreed === 'no' ? t('Stopped') : t('Not asked')
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
      <CollectedList collected={query.data.collected} />
      <EarlierList earlier={query.data.earlier} />
    </>
  )
}
