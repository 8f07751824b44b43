/** The person's other conversations. */
import { pageAddress, PageLink, useSearchNow } from '@/shared/ui/page-link'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import type { Background } from '../teamwork/api'
import { Part } from './part'

export function EarlierList({ earlier }: { earlier: Background['earlier'] }) {
  const search = useSearchNow()
  return (
    <Part title={t('Other conversations')}>
      {earlier.length === 0 ? (
        <p className="text-sm text-soft">{t('This is their first.')}</p>
      ) : (
        <ul className="grid gap-1">
          {earlier.map((each) => (
            <li key={each.id}>
              <PageLink
                href={pageAddress(`/inbox/${each.id}`, search)}
                className="block rounded-lg px-2 py-1.5 text-sm hover:bg-sunken"
              >
                <span className="block font-medium">{exactTime(each.opened_at)}</span>
                <span className="block text-xs text-soft">
                  {t('{count, plural, one {# message} other {# messages}}', { count: each.message_count })}
                  {each.assignee_name !== null && (
                    <>
                      {' · '}
                      <bdi>{each.assignee_name}</bdi>
                    </>
                  )}
                </span>
              </PageLink>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
