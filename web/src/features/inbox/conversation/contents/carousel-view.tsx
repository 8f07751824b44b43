/** The cards of a carousel side by side, to be swept along. */
import { ExternalLink, Reply, ShoppingBag } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { CarouselCard } from '../../contents'
import { HeaderView } from './header-view'
import { Taps } from './taps'

export function CarouselView({ cards }: { cards: CarouselCard[] }) {
  return (
    <ul
      aria-label={t('Cards')}
      tabIndex={0}
      className="-mx-1 mt-2 flex snap-x gap-2 overflow-x-auto px-1 pb-1 [scrollbar-width:thin]"
    >
      {cards.map((card, index) => (
        <li key={index} className="inset-card w-52 shrink-0 snap-start px-2.5 pt-2.5 pb-1 [&_button]:aspect-4/3!">
          <HeaderView header={card.header} />
          {card.body != null && (
            <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
              {card.body}
            </p>
          )}
          <Taps taps={tapsOf(card)} />
        </li>
      ))}
    </ul>
  )
}

function tapsOf({ label, url, buttons = [], product_id }: CarouselCard) {
  if (product_id != null) return [{ Icon: ShoppingBag, title: product_id }]
  if (url != null) return [{ Icon: ExternalLink, title: label ?? url }]
  return buttons.map(({ title }) => ({ Icon: Reply, title }))
}
