/** The advert or post that led them here. Its picture is not loaded: it would tell Meta who looks at it. */
import { ExternalLink, Megaphone } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { Referral } from '../extras'

export function ReferralCard({ referral }: { referral: Referral }) {
  const picture = referral.image_url ?? referral.video_url ?? null
  return (
    <section aria-label={t('Where they came from')} className="inset-card mb-2 w-72 max-w-full px-3 py-2.5 text-sm">
      <p className="flex items-center gap-1.5 text-2xs font-semibold opacity-85">
        <Megaphone aria-hidden className="size-3.5" />
        {referral.source_type === 'post' ? t('Came from a post') : t('Came from an advert')}
      </p>
      {referral.headline != null && (
        <p dir="auto" className="mt-1 font-semibold break-words">
          {referral.headline}
        </p>
      )}
      {referral.body != null && (
        <p dir="auto" className="line-clamp-3 break-words opacity-90">
          {referral.body}
        </p>
      )}
      <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-xs empty:hidden">
        <Away href={referral.source_url}>{referral.source_type === 'post' ? t('See the post') : t('See the advert')}</Away>
        <Away href={picture}>{referral.image_url == null ? t('See the film') : t('See the picture')}</Away>
      </p>
    </section>
  )
}

function Away({ href, children }: { href: string | null | undefined; children: string }) {
  if (href == null || !/^https?:\/\//i.test(href)) return null
  return (
    <a href={href} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 font-medium underline underline-offset-2">
      {children}
      <ExternalLink aria-hidden className="size-3" />
    </a>
  )
}
