/** Contact cards that somebody sent: names, numbers, addresses. */
import { Mail, MapPin, Phone, Globe, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { Card } from '../../contents'

export function ContactCards({ cards, sharedOwn }: { cards: Card[]; sharedOwn: boolean }) {
  return (
    <div className="grid w-72 max-w-full gap-2">
      {sharedOwn && <p className="text-xs font-medium opacity-85">{t('Shared their own number')}</p>}
      {cards.map((card, index) => (
        <CardView key={`${index} ${card.name}`} card={card} />
      ))}
    </div>
  )
}

function CardView({ card }: { card: Card }) {
  const work = [card.title, card.company].filter(Boolean).join(', ')
  return (
    <section aria-label={t('Contact card of {name}', { name: card.name })} className="inset-card px-3 py-2.5">
      <p dir="auto" className="font-semibold break-words">
        {card.name}
      </p>
      {work !== '' && (
        <p dir="auto" className="text-xs opacity-85">
          {work}
        </p>
      )}
      <ul className="mt-1.5 grid gap-1 text-sm empty:hidden">
        {(card.phones ?? []).map(({ phone, type }) => (
          <Line key={phone} Icon={Phone} text={phone} href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} type={type} />
        ))}
        {(card.emails ?? []).map(({ value, type }) => (
          <Line key={value} Icon={Mail} text={value} href={mailAddress(value)} type={type} />
        ))}
        {(card.urls ?? []).map(({ value, type }) => (
          <Line key={value} Icon={Globe} text={value} href={webAddress(value)} type={type} />
        ))}
        {(card.addresses ?? []).map((address, index) => (
          <Line key={index} Icon={MapPin} text={addressWords(address)} href={null} type={null} />
        ))}
      </ul>
    </section>
  )
}

/** Whom to write to, and nothing of what to write: no copy to others, no words. */
const mailAddress = (value: string) => `mailto:${encodeURIComponent(value).replaceAll('%40', '@')}`

interface LineProps {
  Icon: LucideIcon
  text: string
  /** null: nothing to follow. */
  href: string | null
  type: string | null | undefined
}

function Line({ Icon, text, href, type }: LineProps) {
  return (
    <li className="flex items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 opacity-80" />
      <span className="min-w-0 break-words">
        {href === null ? (
          <bdi>{text}</bdi>
        ) : (
          <a href={href} target="_blank" rel="noreferrer" className="underline underline-offset-2">
            <bdi>{text}</bdi>
          </a>
        )}
        {type != null && <span className="ms-1.5 text-xs opacity-80">{type.toLowerCase()}</span>}
      </span>
    </li>
  )
}

function addressWords({ street, zip, city, state, country }: NonNullable<Card['addresses']>[number]): string {
  return [street, [zip, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ')
}

/** What somebody else wrote is only followed when it is a web address. */
function webAddress(value: string): string | null {
  const url = URL.parse(/^[a-z]+:/i.test(value) ? value : `https://${value}`)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}
