/** Over the page: somebody who is probably the same person. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Confirm } from '@/shared/ui/confirm'
import { suggestionsQuery, useDismiss, useMerge, type Contact, type Suggestion } from '../api'
import { nameOf } from '../words'

function reasonWords(reason: Suggestion['reasons'][number]): string {
  return {
    same_phone: t('same number'),
    same_email: t('same e-mail'),
    same_name: t('same name'),
    similar_name: t('similar name'),
    same_birthday: t('same birthday'),
    same_company: t('same company'),
  }[reason]
}

export function Suggestions({ contact }: { contact: Contact }) {
  const mayWrite = useMay('contacts:write', contact.business_id) && contact.merged_into === null
  const query = useQuery({ ...suggestionsQuery(contact.id), enabled: mayWrite })
  const found = query.data?.data[0]
  return found === undefined ? null : <Banner contact={contact} found={found} />
}

function Banner({ contact, found }: { contact: Contact; found: Suggestion }) {
  const [asking, setAsking] = useState(false)
  const merge = useMerge(contact.id)
  const dismiss = useDismiss(contact.id)
  const name = nameOf(found.contact)
  return (
    <aside aria-label={t('Perhaps the same person')} className="mb-5 flex flex-wrap items-center gap-3 rounded-2xl bg-lamp-soft px-4 py-3 text-sm text-lamp-ink">
      <Users aria-hidden className="size-5 shrink-0" />
      <p className="me-auto min-w-0">
        {t('Perhaps the same person:')}{' '}
        <Link to="/contacts/$contactId" params={{ contactId: found.contact.id }} className="font-semibold underline" dir="auto">
          {name}
        </Link>{' '}
        ({found.reasons.map(reasonWords).join(', ')})
      </p>
      <Button size="small" onClick={() => dismiss.mutate(found.contact.id)} busy={dismiss.isPending}>
        {t('Two people')}
      </Button>
      <Button size="small" look="main" onClick={() => setAsking(true)}>
        {t('Merge')}
      </Button>
      {asking && (
        <Confirm
          title={t('Merge {name} into this contact?', { name })}
          verb={t('Merge')}
          busy={merge.isPending}
          problem={merge.error === null ? null : wordsFor(merge.error)}
          onClose={() => setAsking(false)}
          onConfirm={() => merge.mutate(found.contact.id, { onSuccess: () => setAsking(false) })}
        >
          {t('Their numbers, conversations and tags come here. Of what both agreed to, the stricter holds. You can undo it.')}
        </Confirm>
      )}
    </aside>
  )
}
