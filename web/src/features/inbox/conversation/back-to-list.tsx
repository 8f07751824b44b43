/** The way back, where a conversation has the whole page. */
import { ArrowLeft } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { pageAddress, PageLink, useSearchNow } from '@/shared/ui/page-link'

export function BackToList() {
  return (
    <PageLink
      href={pageAddress('/inbox', useSearchNow())}
      aria-label={t('Back to the list')}
      className="-ms-1 grid size-9 shrink-0 place-items-center rounded-lg text-soft hover:bg-sunken two:hidden"
    >
      <ArrowLeft aria-hidden className="size-5 rtl:-scale-x-100" />
    </PageLink>
  )
}
