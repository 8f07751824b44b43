/** The pages about people; loaded when somebody goes there. */
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { ContactPage } from '@/features/contacts/detail/contact-page'
import { ContactsPage } from '@/features/contacts/list/contacts-page'
import { BulkBar } from '@/features/contacts/move/bulk-bar'
import { ImportPage } from '@/features/contacts/move/import-page'
import { MoveTools } from '@/features/contacts/move/move-tools'
import { useNow } from '@/shared/lib/use-now'
import { useMe } from '@/shared/session/me'
import { PageFrame } from './page-frame'

const RENEW_MS = 30_000

export function ContactsFrame() {
  const { business } = useSearch({ from: '/contacts' })
  return (
    <PageFrame to="/contacts" business={business}>
      <Outlet />
    </PageFrame>
  )
}

export function ContactsRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/contacts' })
  const now = useNow(RENEW_MS)
  // Many are changed within one business at a time.
  const businessId = search.business ?? (businesses.length === 1 ? businesses[0]?.id : undefined)
  return (
    <ContactsPage
      businesses={businesses}
      search={search}
      now={now}
      tools={<MoveTools search={search} businessId={businessId ?? businesses[0]?.id ?? ''} />}
      bar={(chosen, count) => businessId !== undefined && <BulkBar chosen={chosen} count={count} search={search} businessId={businessId} />}
    />
  )
}

export function ContactRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/contacts' })
  const { contactId } = useParams({ from: '/contacts/$contactId' })
  return <ContactPage key={contactId} contactId={contactId} businesses={businesses} search={search} now={useNow(RENEW_MS)} />
}

export function ImportRoute() {
  const { businesses } = useMe()
  return <ImportPage businesses={businesses} search={useSearch({ from: '/contacts' })} />
}
