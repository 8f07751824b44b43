/** What somebody put into the basket and sent: the pieces, their prices and the sum. */
import { ShoppingBag } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { money } from '@/shared/lib/sizes'
import type { Order } from '../../contents'

export function OrderCard({ order }: { order: Order }) {
  const count = order.items.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <div className="w-80 max-w-full">
      <p className="flex items-center gap-1.5 font-semibold">
        <ShoppingBag aria-hidden className="size-4" />
        {t('Order · {count, plural, one {# piece} other {# pieces}}', { count })}
      </p>
      <table className="mt-2 w-full text-sm">
        <caption className="sr-only">{t('The pieces of the order')}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('Quantity')}</th>
            <th scope="col">{t('Product')}</th>
            <th scope="col">{t('Price')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((item, index) => (
            <tr key={`${index} ${item.product_id}`} className="align-baseline">
              <td className="py-0.5 pe-2 whitespace-nowrap tabular-nums opacity-85">{item.quantity} ×</td>
              <td className="w-full py-0.5 pe-3 break-all">
                <bdi>{item.product_id}</bdi>
              </td>
              <td className="py-0.5 text-end whitespace-nowrap tabular-nums">
                {money(Number(item.price) * item.quantity, item.currency)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" colSpan={2} className="border-t border-current/20 pt-1.5 text-start font-semibold">
              {t('Total')}
            </th>
            <td className="border-t border-current/20 pt-1.5 text-end whitespace-nowrap tabular-nums">{totalOf(order)}</td>
          </tr>
        </tfoot>
      </table>
      {order.text != null && order.text !== '' && (
        <p dir="auto" className="mt-2 break-words whitespace-pre-wrap">
          {order.text}
        </p>
      )}
    </div>
  )
}

/** One sum for each currency; there is nearly always one. */
function totalOf({ items }: Order): string {
  const sums = new Map<string, number>()
  for (const { price, quantity, currency } of items) sums.set(currency, (sums.get(currency) ?? 0) + Number(price) * quantity)
  return [...sums].map(([currency, sum]) => money(sum, currency)).join(' + ')
}
