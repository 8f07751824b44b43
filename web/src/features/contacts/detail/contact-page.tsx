/** One person: what they are known by, what they agreed to, and everything that happened, over all channels. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, MessageSquare } from 'lucide-react'
import { useEffect } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { buttonLook } from '@/shared/ui/button'
import { Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { blocksQuery, contactQuery, type Contact } from '../api'
import type { ContactsSearch } from '../search-params'
import { nameOf, seenAgo } from '../words'
import { ConsentCard } from './consent-card'
import { HeadActs } from './head-acts'
import { IdentitiesCard } from './identities-card'
import { MergesCard } from './merges-card'
import { RecordCard } from './record-card'
import { Suggestions } from './suggestions'
import { TagsCard } from './tags-card'
import { Timeline } from './timeline'

interface Props {
  contactId: string
  businesses: Business[]
  search: ContactsSearch
  now: number
}

export function ContactPage({ contactId, businesses, search, now }: Props) {
  const query = useQuery(contactQuery(contactId))
  const name = query.data === undefined ? t('Contact') : nameOf(query.data)
  useEffect(() => {
    document.title = `${name} · Serai`
  }, [name])
  if (query.isPending) return <PageSkeleton />
  if (query.data === undefined) {
    return <Failed what={t('The contact could not be loaded')} error={query.error} retry={query.refetch} />
  }
  const contact = query.data
  const business = businesses.find(({ id }) => id === contact.business_id)
  return (
    <div className="mx-auto max-w-6xl px-4 py-4 two:px-6 two:py-6">
      <Head contact={contact} business={business} search={search} now={now} />
      {contact.merged_into !== null && <Merged into={contact.merged_into} />}
      <Suggestions contact={contact} />
      <div className="grid grid-cols-1 gap-5 wide:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 content-start gap-5">
          <IdentitiesCard contact={contact} />
          <TagsCard contact={contact} />
          <RecordCard key={contact.id} contact={contact} />
          <ConsentCard contact={contact} />
          <MergesCard contact={contact} now={now} />
        </div>
        <Timeline contactId={contact.id} kind={search.kind} now={now} />
      </div>
    </div>
  )
}

interface HeadProps {
  contact: Contact
  business: Business | undefined
  search: ContactsSearch
  now: number
}

function Head({ contact, business, search, now }: HeadProps) {
  const name = nameOf(contact)
  const isBlocked = (useQuery(blocksQuery(contact.id)).data?.data ?? []).length > 0
  return (
    <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
      <Link
        to="/contacts"
        search={search as never}
        aria-label={t('All contacts')}
        className="grid size-9 place-items-center rounded-lg text-soft hover:bg-sunken hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4.5 rtl:-scale-x-100" />
      </Link>
      <Avatar id={contact.id} name={name} />
      <div className="me-auto min-w-0">
        <h1 className="flex flex-wrap items-center gap-2 text-xl font-bold tracking-tight">
          <span className="truncate" dir="auto">
            {name}
          </span>
          {contact.archived_at !== null && contact.merged_into === null && <Badge tone="quiet">{t('Archived')}</Badge>}
          {isBlocked && <Badge tone="bad">{t('Blocked')}</Badge>}
        </h1>
        <p className="text-sm text-soft">
          {[contact.company, business?.name].filter(Boolean).join(' · ')}
          {contact.last_seen_at !== null && (
            <span title={exactTime(contact.last_seen_at)}> · {t('seen {ago}', { ago: seenAgo(contact.last_seen_at, now) })}</span>
          )}
        </p>
      </div>
      {contact.conversation_id !== null && (
        <Link to="/inbox/$conversationId" params={{ conversationId: contact.conversation_id }} className={buttonLook('main')}>
          <MessageSquare aria-hidden className="size-4" />
          {t('Open conversation')}
        </Link>
      )}
      {contact.merged_into === null && <HeadActs contact={contact} />}
    </header>
  )
}

function Merged({ into }: { into: string }) {
  return (
    <p className="mb-5 rounded-xl bg-lamp-soft px-4 py-3 text-sm text-lamp-ink">
      {t('This contact is part of another one now.')}{' '}
      <Link to="/contacts/$contactId" params={{ contactId: into }} className="font-semibold underline">
        {t('Open it')}
      </Link>
    </p>
  )
}

function PageSkeleton() {
  return (
    <Loading what={t('contact')}>
      <div className="mx-auto grid max-w-6xl gap-5 px-4 py-6 two:px-6">
        <Skeleton className="h-10 w-72" />
        <div className="grid grid-cols-1 gap-5 wide:grid-cols-[22rem_1fr]">
          <Skeleton className="h-80 rounded-2xl" />
          <Skeleton className="h-96 rounded-2xl" />
        </div>
      </div>
    </Loading>
  )
}
