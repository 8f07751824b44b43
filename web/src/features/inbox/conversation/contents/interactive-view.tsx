/** Messages with something to tap, as the person sees them. */
import {
  CalendarDays,
  ExternalLink,
  House,
  IdCard,
  List,
  MapPin,
  Phone,
  PhoneIncoming,
  Reply,
  ShoppingBag,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import type { Interactive, Section } from '../../contents'
import { Formatted } from '../formatted'
import { CarouselView } from './carousel-view'
import { HeaderView } from './header-view'
import { Tap, Taps } from './taps'

type Kind<T extends Interactive['type']> = Extract<Interactive, { type: T }>

export function InteractiveView({ content }: { content: Interactive }) {
  return (
    <div className="w-72 max-w-full">
      {'header' in content && <HeaderView header={typeof content.header === 'string' ? { kind: 'text', text: content.header } : content.header} />}
      {content.body != null && content.body !== '' && (
        <p dir="auto" className="break-words whitespace-pre-wrap">
          <Formatted text={content.body} />
        </p>
      )}
      {'footer' in content && content.footer != null && (
        <p dir="auto" className="mt-1 text-xs opacity-85">
          {content.footer}
        </p>
      )}
      {actionOf(content)}
    </div>
  )
}

function actionOf(content: Interactive): ReactNode {
  switch (content.type) {
    case 'buttons':
      return <Taps taps={content.buttons.map(({ title }) => ({ Icon: Reply, title }))} />
    case 'list':
      return <ListAction content={content} />
    case 'link_button':
      return <LinkAction content={content} />
    case 'carousel':
      return <CarouselView cards={content.cards} />
    case 'product_list':
      return <ProductSections content={content} />
    case 'product':
      return <Products ids={[content.product_id]} />
    default: {
      const [Icon, title] = SINGLE[content.type]
      return <Taps taps={[{ Icon, title: title(content) }]} />
    }
  }
}

type Single = Exclude<Interactive['type'], 'buttons' | 'list' | 'link_button' | 'carousel' | 'product_list' | 'product'>

/** Those with one button whose words are WhatsApp's own, or in the message. */
const SINGLE: Record<Single, [LucideIcon, (content: Interactive) => string]> = {
  location_request: [MapPin, () => t('Send location')],
  address_request: [House, () => t('Provide address')],
  flow: [CalendarDays, (content) => (content.type === 'flow' ? content.cta : t('Open'))],
  catalogue: [ShoppingBag, () => t('View catalogue')],
  call_permission_request: [PhoneIncoming, () => t('Choose preference')],
  voice_call_button: [Phone, (content) => (content.type === 'voice_call_button' ? content.label : t('Call'))],
  contact_info_request: [IdCard, () => t('Share contact info')],
}

function ListAction({ content }: { content: Kind<'list'> }) {
  return (
    <details className="group mt-2 border-t border-current/20 pt-1">
      <summary className="cursor-pointer list-none rounded outline-offset-0">
        <Tap Icon={List} title={content.button} />
      </summary>
      <ul className="grid gap-2 pt-1 pb-1 text-sm">
        {content.sections.map((section, index) => (
          <SectionRows key={`${index} ${section.title ?? ''}`} section={section} />
        ))}
      </ul>
    </details>
  )
}

function SectionRows({ section }: { section: Section }) {
  return (
    <li>
      {section.title != null && (
        <p dir="auto" className="text-xs font-semibold opacity-85">
          {section.title}
        </p>
      )}
      <ul className="grid gap-1">
        {section.rows.map((row) => (
          <li key={row.id} className="inset-card px-2.5 py-1.5">
            <bdi className="block font-medium break-words">{row.title}</bdi>
            {row.description != null && <bdi className="block text-xs break-words opacity-85">{row.description}</bdi>}
          </li>
        ))}
      </ul>
    </li>
  )
}

function LinkAction({ content }: { content: Kind<'link_button'> }) {
  return (
    <div className="mt-2 border-t border-current/20 pt-1">
      <Tap Icon={ExternalLink} title={content.label} />
      <p className="truncate text-center text-2xs opacity-85">
        <bdi dir="ltr">{content.url}</bdi>
      </p>
    </div>
  )
}

function ProductSections({ content }: { content: Kind<'product_list'> }) {
  return (
    <div className="mt-2 grid gap-2 text-sm">
      {content.sections.map(({ title, product_ids }) => (
        <div key={title}>
          <p dir="auto" className="text-xs font-semibold opacity-85">
            {title}
          </p>
          <Products ids={product_ids} />
        </div>
      ))}
    </div>
  )
}

function Products({ ids }: { ids: string[] }) {
  return (
    <ul aria-label={t('Products')} className="mt-1 grid gap-1">
      {ids.map((id) => (
        <li key={id} className="inset-card flex items-center gap-2 px-2.5 py-1.5 text-sm">
          <ShoppingBag aria-hidden className="size-4 shrink-0 opacity-80" />
          <bdi className="min-w-0 break-all">{id}</bdi>
        </li>
      ))}
    </ul>
  )
}
