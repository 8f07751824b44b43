/** The pages about people; loaded when somebody goes there. */
import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import { ContactPage } from '@/features/contacts/detail/contact-page'
import { ContactsPage } from '@/features/contacts/list/contacts-page'
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
  return <ContactsPage businesses={businesses} search={search} now={useNow(RENEW_MS)} tools={null} bar={() => null} />
}

export function ContactRoute() {
  const { businesses } = useMe()
  const search = useSearch({ from: '/contacts' })
  const { contactId } = useParams({ from: '/contacts/$contactId' })
  return <ContactPage key={contactId} contactId={contactId} businesses={businesses} search={search} now={useNow(RENEW_MS)} />
}
