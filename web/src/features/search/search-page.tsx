/** Everything that was ever said, and everybody: found by any part of a word. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { SearchBox } from '@/shared/ui/search-box'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { searchQuery, SHORTEST, type FoundContact, type FoundMessage } from './api'
import { ContactHit, MessageHit } from './hits'
import { SearchFilters } from './search-filters'
import type { SearchAddress } from './search-params'

interface Props {
  search: SearchAddress
  businesses: Business[]
  now: number
}

export function SearchPage({ search, businesses, now }: Props) {
  useEffect(() => {
    document.title = `${t('Search')} · Serai`
  }, [])
  return (
    <div className="mx-auto flex h-full min-h-0 w-full max-w-3xl flex-col">
      <header className="grid gap-3 px-4 pt-5 pb-3 two:px-6">
        <h1 className="text-xl font-bold tracking-tight">{t('Search')}</h1>
        <Box search={search} />
        <SearchFilters search={search} businesses={businesses} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-8 two:px-4">
        <Results search={search} businesses={businesses} now={now} />
      </div>
    </div>
  )
}

function Box({ search }: { search: SearchAddress }) {
  const navigate = useNavigate()
  const find = useCallback((q: string | undefined) => void navigate({ to: '/search', search: { ...search, q }, replace: true }), [navigate, search])
  return (
    <SearchBox
      label={t('Search people and messages')}
      placeholder={t('A word, a part of one, a name or a whole phone number')}
      value={search.q}
      onSettle={find}
      takesFocus
    />
  )
}

function Results({ search, businesses, now }: Props) {
  const query = useInfiniteQuery(searchQuery(search))
  if ((search.q ?? '').trim().length < SHORTEST) {
    return <Empty title={t('What are you looking for?')}>{t('Type two letters or more. Accents and capitals do not matter.')}</Empty>
  }
  if (query.isPending) return <ResultsSkeleton />
  if (query.data === undefined) return <Failed what={t('The search did not work')} error={query.error} retry={query.refetch} />
  const contacts = query.data.pages[0]?.contacts ?? []
  const messages = query.data.pages.flatMap((page) => page.messages)
  if (contacts.length === 0 && messages.length === 0) {
    return <Empty title={t('Nothing found')}>{t('Nothing fits “{q}”. Try fewer letters, or fewer filters.', { q: search.q })}</Empty>
  }
  return (
    <Found contacts={contacts} messages={messages} businesses={businesses} now={now}>
      {query.hasNextPage && (
        <div className="py-3 text-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('Show more')}
          </Button>
        </div>
      )}
    </Found>
  )
}

interface FoundProps {
  contacts: FoundContact[]
  messages: FoundMessage[]
  businesses: Business[]
  now: number
  children: React.ReactNode
}

function Found({ contacts, messages, businesses, now, children }: FoundProps) {
  const byId = new Map(businesses.map((business) => [business.id, business]))
  return (
    <>
      {contacts.length > 0 && (
        <section aria-label={t('People')} className="mb-4">
          <Heading>{t('People')}</Heading>
          <ul>
            {contacts.map((contact) => (
              <ContactHit key={contact.id} contact={contact} business={byId.get(contact.business_id)} />
            ))}
          </ul>
        </section>
      )}
      {messages.length > 0 && (
        <section aria-label={t('Messages')}>
          <Heading>{t('Messages')}</Heading>
          <ul>
            {messages.map((message) => (
              <MessageHit key={message.id} message={message} business={byId.get(message.business_id)} now={now} />
            ))}
          </ul>
          {children}
        </section>
      )}
    </>
  )
}

function Heading({ children }: { children: string }) {
  return <h2 className="px-3 pt-2 pb-1 text-xs font-semibold text-soft">{children}</h2>
}

function ResultsSkeleton() {
  return (
    <Loading what={t('results')}>
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="grid gap-2 px-3 py-3">
          <Skeleton className="h-3.5 w-1/3" />
          <Skeleton className="h-3 w-5/6" />
        </div>
      ))}
    </Loading>
  )
}
