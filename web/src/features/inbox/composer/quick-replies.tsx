/** What is said often: "/" opens it, letters narrow it, Enter puts the words into the reply. */
import { useQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Kbd } from '@/shared/ui/kbd'
import { filledRepliesQuery, type FilledReply } from './desk-api'
import type { Slash } from './use-slash'

const MOST = 30

/** Those that fit what is typed after the slash: by shortcut first, then by what they say. */
export function fitting(replies: FilledReply[], typed: string): FilledReply[] {
  const word = typed.toLowerCase()
  const rank = ({ shortcut, title, text }: FilledReply) => {
    if (shortcut.startsWith(word)) return 0
    if (title.toLowerCase().includes(word)) return 1
    return text.toLowerCase().includes(word) ? 2 : 3
  }
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 3)
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ reply }) => reply)
}

/** "/men" at the start of what is written; null anywhere else. */
export function slashOf(text: string): string | null {
  return /^\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1] ?? null
}

export function useQuickReplies(conversationId: string, typed: string | null) {
  const { data, isPending } = useQuery({ ...filledRepliesQuery(conversationId), enabled: typed !== null })
  return { found: typed === null ? [] : fitting(data ?? [], typed), isPending, isEmpty: data?.length === 0 }
}

export function QuickReplies({ slash }: { slash: Slash }) {
  const { found: replies, index: chosen, isPending, isEmpty, listId, choose } = slash
  const active = useRef<HTMLLIElement>(null)
  useEffect(() => active.current?.scrollIntoView({ block: 'nearest' }), [chosen])
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-2 overflow-hidden rounded-2xl border border-line bg-panel shadow-raised">
      <p className="flex items-center gap-2 border-b border-line px-3.5 py-2 text-xs text-soft">
        <Zap aria-hidden className="size-3.5" />
        <span className="flex-1">{t('Quick replies')}</span>
        <span className="hidden items-center gap-1 two:flex">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          <Kbd>Enter</Kbd>
        </span>
      </p>
      {replies.length === 0 && !isPending && (
        <p className="px-3.5 py-4 text-sm text-soft">
          {isEmpty
            ? t('There are none yet. Add some in Settings, Quick replies.')
            : t('None fits. Go on writing, or press Escape.')}
        </p>
      )}
      <ul id={listId} role="listbox" aria-label={t('Quick replies')} className="max-h-72 overflow-y-auto p-1.5 empty:hidden">
        {replies.map((reply, index) => (
          <Row
            key={reply.id}
            ref={index === chosen ? active : null}
            reply={reply}
            id={`${listId}-${index}`}
            isChosen={index === chosen}
            onChoose={() => choose(reply)}
          />
        ))}
      </ul>
    </div>
  )
}

interface RowProps {
  ref: React.Ref<HTMLLIElement>
  reply: FilledReply
  id: string
  isChosen: boolean
  onChoose: () => void
}

function Row({ ref, reply, id, isChosen, onChoose }: RowProps) {
  const missingId = useId()
  return (
    <li
      ref={ref}
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-describedby={missingId}
      // The box keeps the focus, so that writing goes on.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx('cursor-pointer rounded-xl px-3 py-2', isChosen ? 'bg-accent-soft' : 'hover:bg-sunken')}
    >
      <p className="flex items-center gap-2 text-sm">
        <bdi className="rounded-md bg-sunken px-1.5 py-0.5 font-mono text-xs">/{reply.shortcut}</bdi>
        <bdi className="min-w-0 flex-1 truncate font-semibold">{reply.title}</bdi>
        {reply.language !== '' && <span className="text-2xs text-faint uppercase">{reply.language}</span>}
      </p>
      <p dir="auto" className="mt-0.5 line-clamp-2 text-sm whitespace-pre-line text-soft">
        {reply.text}
      </p>
      <p id={missingId} className="text-2xs text-lamp-ink empty:hidden">
        {reply.missing.length > 0 && t('Not known here: {blanks}', { blanks: reply.missing.join(', ') })}
      </p>
    </li>
  )
}
