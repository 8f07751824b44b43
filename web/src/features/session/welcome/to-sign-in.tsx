/** The way back to the door. */
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { t } from '@/shared/i18n/t'

export function ToSignIn() {
  return (
    <Link to="/inbox" className="inline-flex items-center gap-1.5 text-sm font-medium text-accent hover:underline">
      <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
      {t('Go to sign in')}
    </Link>
  )
}
