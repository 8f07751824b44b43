/** A template as the person sees it: header, body, footer, offer, buttons, cards. */
import { Copy, ExternalLink, Gift, KeyRound, MessageSquareText, Phone, Reply, ShoppingBag, SquarePen, type LucideIcon } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import type { Header, Shown, TemplateContent } from '../../contents'
import { Formatted } from '../formatted'
import { HeaderView } from './header-view'
import { Taps } from './taps'

const ICONS: Record<string, LucideIcon> = {
  quick_reply: Reply,
  url: ExternalLink,
  phone_number: Phone,
  voice_call: Phone,
  copy_code: Copy,
  otp: KeyRound,
  flow: SquarePen,
  catalog: ShoppingBag,
  mpm: ShoppingBag,
  spm: ShoppingBag,
}

export function TemplateView({ content }: { content: TemplateContent }) {
  const { shown, cards = [] } = content
  return (
    <div className={shown == null ? undefined : 'min-w-52'}>
      <p className="mb-1 flex items-center gap-1 text-2xs font-medium opacity-85">
        <MessageSquareText aria-hidden className="size-3" />
        {t('Template')}{' '}<bdi>{content.name}</bdi>
      </p>
      <Face shown={shown ?? {}} body={content.body ?? ''} header={content.header} />
      {(shown?.cards ?? []).length > 0 && (
        <ul aria-label={t('Cards')} tabIndex={0} className="-mx-1 mt-2 flex max-w-80 snap-x gap-2 overflow-x-auto px-1 pb-1 [scrollbar-width:thin]">
          {(shown?.cards ?? []).map((card, index) => (
            <li key={index} className="inset-card w-52 shrink-0 snap-start px-2.5 pt-2.5 pb-1 [&_button]:aspect-4/3! text-sm">
              <Face shown={card} body={card.body ?? ''} header={cards[index]?.header} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface FaceProps {
  shown: Shown
  body: string
  header: TemplateContent['header']
}

function Face({ shown, body, header }: FaceProps) {
  const { footer, offer, buttons = [] } = shown
  return (
    <>
      <HeaderView header={headerOf(shown, header)} />
      {offer != null && <Offer words={offer} endsAt={shown.offer_expires_at_ms ?? null} />}
      <p dir="auto" className="break-words whitespace-pre-wrap">
        <Formatted text={body} />
      </p>
      {footer != null && (
        <p dir="auto" className="mt-1 text-xs opacity-85">
          {footer}
        </p>
      )}
      {buttons.length > 0 && (
        <Taps
          taps={buttons.map(({ kind, text, code }) => ({
            Icon: ICONS[kind] ?? Reply,
            title: code == null ? text : `${text} ${code}`,
          }))}
        />
      )}
    </>
  )
}

function Offer({ words, endsAt }: { words: string; endsAt: number | null }) {
  return (
    <p className="inset-card mb-1.5 flex items-center gap-2 px-2.5 py-1.5 text-sm">
      <Gift aria-hidden className="size-4 shrink-0" />
      <span>
        <bdi className="block font-semibold">{words}</bdi>
        {endsAt !== null && <span className="text-xs opacity-85">{t('Until {exactTime}', { exactTime: exactTime(new Date(endsAt).toISOString()) })}</span>}
      </span>
    </p>
  )
}

function headerOf({ header_kind: kind, header_text: text }: Shown, value: TemplateContent['header']): Header | null {
  if (kind == null) return null
  if (kind === 'text') return { kind, text: text ?? '' }
  return { kind: kind === 'gif' ? 'video' : kind, file: fileOf(value) }
}

/** Of a place or a product, what it is called takes the file's place. */
function fileOf(value: TemplateContent['header']): Header['file'] {
  if (value == null || value.type === 'text') return null
  if ('file' in value) return value.file
  return { name: value.type === 'location' ? (value.name ?? value.address ?? null) : value.product_id }
}
