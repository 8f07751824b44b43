/** Over a message: that it was forwarded, or which product it is about. */
import { Forward, ShoppingBag, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { isolated } from '@/shared/i18n/isolated'
import { t } from '@/shared/i18n/t'
import type { Context } from '../extras'

export function ContextMarks({ context }: { context: Context }) {
  const { forwarded, frequently_forwarded: often, product } = context
  return (
    <>
      {often === true && <Mark Icon={Forward}>{t('Forwarded many times')}</Mark>}
      {forwarded === true && often !== true && <Mark Icon={Forward}>{t('Forwarded')}</Mark>}
      {product != null && (
        <Mark Icon={ShoppingBag}>{t('Asks about {product}', { product: isolated(product.product_id) })}</Mark>
      )}
    </>
  )
}

function Mark({ Icon, children }: { Icon: LucideIcon; children: ReactNode }) {
  return (
    <p className="mb-0.5 flex items-center gap-1 text-2xs italic opacity-85">
      <Icon aria-hidden className="size-3 shrink-0 rtl:-scale-x-100" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}
