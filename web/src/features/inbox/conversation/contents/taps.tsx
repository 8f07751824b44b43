/** What the person can tap under a message; here it is only shown. */
import { Reply, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'

interface TapProps {
  Icon?: LucideIcon
  title: string
}

export function Taps({ taps }: { taps: TapProps[] }) {
  return (
    <ul aria-label={t('Buttons')} className="mt-2 divide-y divide-current/20 border-t border-current/20">
      {taps.map(({ Icon, title }, index) => (
        <li key={`${index} ${title}`}>
          <Tap title={title} {...(Icon !== undefined && { Icon })} />
        </li>
      ))}
    </ul>
  )
}

export function Tap({ Icon = Reply, title }: TapProps) {
  return (
    <span className="flex min-h-9 items-center justify-center gap-2 py-1.5 text-sm font-semibold">
      <Icon aria-hidden className="size-4 shrink-0 rtl:-scale-x-100" />
      <bdi className="min-w-0 break-words">{title}</bdi>
    </span>
  )
}
