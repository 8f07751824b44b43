/** One message: what was said, when, and how far it came; a press on the time shows each step. */
import { Bot, Megaphone, Smartphone, Trash2 } from 'lucide-react'
import { use, useId, useMemo, useState } from 'react'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { clockTime } from '@/shared/lib/times'
import { FilesContext } from '../files'
import { authorWords, isUndecided, lineOf, stateWords } from '../words'
import { Advice } from './advice'
import { BubbleFoot } from './bubble-foot'
import { BubbleTools } from './bubble-tools'
import { ContentView } from './contents/content-view'
import { ContextMarks } from './context-marks'
import { lookOf, LOOKS, MEDIA_LOOK, type Look } from './looks'
import { Quote } from './quote'
import { Reactions } from './reactions'
import { ReferralCard } from './referral-card'
import { SecondThoughts } from './second-thoughts'
import { Steps } from './steps'
import { ThreadContext } from './thread-actions'

export function Bubble({ message, startsRun }: { message: Message; startsRun: boolean }) {
  const [open, setOpen] = useState(false)
  const stepsId = useId()
  const look = lookOf(message)
  const { label, advice } = stateWords(message)
  const isDeleted = message.content.type === 'deleted'
  return (
    <article
      aria-label={`${authorWords(message.author_kind)}, ${clockTime(timeOf(message))}`}
      data-message={message.id}
      data-open={open}
      className={cx('group -mx-2 flex flex-col rounded-2xl px-2', SIDES[message.direction], startsRun ? 'mt-4' : 'mt-1')}
    >
      {startsRun && <Author message={message} />}
      <div className="flex w-full items-center gap-1 group-[.items-end]:flex-row-reverse">
        <div className={cx('max-w-[min(34rem,85%)] min-w-0', frameOf(message, look, isDeleted))}>
          {isDeleted ? <Tombstone direction={message.direction} /> : <Said message={message} />}
          <BubbleFoot
            message={message}
            isOnFill={look === 'team' && !isDeleted && !isBare(message)}
            open={open}
            stepsId={stepsId}
            onToggle={() => setOpen(!open)}
          />
        </div>
        {!isDeleted && <BubbleTools message={message} open={open} />}
      </div>
      <Reactions message={message} reactions={message.reactions ?? []} />
      {advice !== null && <Advice label={label} text={advice} isUnclear={isUndecided(message)} />}
      <SecondThoughts message={message} />
      {open && <Steps id={stepsId} message={message} />}
    </article>
  )
}

const SIDES = { in: 'items-start', out: 'items-end' }

function Said({ message }: { message: Message }) {
  const { jump } = use(ThreadContext)
  const files = useMemo(() => new Map((message.files ?? []).map((file) => [file.id, file])), [message.files])
  const { quoted, referral, context } = message
  return (
    <FilesContext value={files}>
      {context != null && <ContextMarks context={context} />}
      {referral != null && <ReferralCard referral={referral} />}
      {quoted != null && <Quote author={authorWords(quoted.author_kind)} text={lineOf(quoted.text)} onJump={() => jump(quoted.id)} />}
      {quoted == null && context?.reply_to != null && (
        <Quote author={t('Answer to')} text={t('An earlier message that is not here')} onJump={null} />
      )}
      <ContentView content={message.content} />
    </FilesContext>
  )
}

function Tombstone({ direction }: Pick<Message, 'direction'>) {
  return (
    <p className="flex items-center gap-1.5 text-sm text-soft italic">
      <Trash2 aria-hidden className="size-3.5" />
      {direction === 'in' ? t('They deleted this message') : t('This message was deleted')}
    </p>
  )
}

const isBare = (message: Message) => message.content.type === 'sticker'
const MEDIA: ReadonlySet<string> = new Set(['image', 'video', 'location'])

function frameOf(message: Message, look: Look, isDeleted: boolean): string {
  if (isDeleted) return 'rounded-2xl border border-dashed border-line-strong px-3.5 py-2'
  if (isBare(message)) return 'rounded-2xl'
  const room = MEDIA.has(message.content.type) ? MEDIA_LOOK : 'px-3.5 py-2'
  return `rounded-2xl shadow-raised/40 ${room} ${LOOKS[look]}`
}

/** When it was said by the provider's clock; until it is accepted, when it was written. */
export const timeOf = ({ sent_at, created_at }: Message) => sent_at ?? created_at

const AUTHOR_ICONS: Record<string, typeof Bot> = {
  automation: Bot,
  bot: Bot,
  campaign: Megaphone,
  native_app: Smartphone,
}

function Author({ message: { author, author_kind, direction } }: { message: Message }) {
  if (direction === 'in') return null
  const Icon = AUTHOR_ICONS[author_kind]
  return (
    <p className="mb-1 flex items-center gap-1 px-1 text-2xs font-medium text-faint">
      {Icon !== undefined && <Icon aria-hidden className="size-3" />}
      {author_kind === 'native_app' ? t('Sent from the phone app') : <bdi>{author?.name ?? authorWords(author_kind)}</bdi>}
    </p>
  )
}
