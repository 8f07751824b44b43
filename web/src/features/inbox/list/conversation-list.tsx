/** The list itself: only the rows in sight are drawn, the arrow keys walk it, the end asks for more. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useMay } from '@/shared/session/me'
import { pageAddress, isPlainPress } from '@/shared/ui/page-link'
import { conversationQuery, messagesQuery } from '../api'
import { draftsQuery } from '../composer/desk-api'
import type { InboxSearch } from '../search-params'
import { useAct } from '../teamwork/mutations'
import type { Open } from '../use-shown'
import { ROW_HEIGHT } from './conversation-row'
import { Row } from './row'
import { useListKeys } from './use-list-keys'
import { useRowFocus } from './use-row-focus'
import { useRowsInSight, type RowsInSight } from './use-rows-in-sight'

interface Props {
  conversations: Conversation[]
  /** What they are narrowed to. */
  search: InboxSearch
  businesses: ReadonlyMap<string, Business>
  selectedId: string | undefined
  open: Open
  now: number
  onEnd: () => void
  /** Those that something is to be done to together. */
  pickedIds: ReadonlySet<string>
  onPick: (id: string) => void
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity }
/** So many rows before the end more are asked for. */
const AHEAD = 20

export function ConversationList({ conversations, search, businesses, selectedId, open, now, onEnd, pickedIds, onPick }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const focus = useRowFocus(scroller)
  const indexOf = (wanted: string | undefined) => conversations.findIndex(({ id }) => id === wanted)
  const focusedIndex = indexOf(focus.id)
  const rows = useRowsInSight(scroller, ROW_HEIGHT, conversations.length, search)
  const reachedEnd = rows.to + AHEAD >= conversations.length
  useEffect(() => {
    if (reachedEnd) onEnd()
  }, [reachedEnd, onEnd])

  const selectedIndex = indexOf(selectedId)
  const tabbableIndex = Math.max(0, selectedIndex)
  const boxIndex = focusedIndex < 0 ? tabbableIndex : focusedIndex
  const mayAnswer = useMay('conversations:answer')
  const drafts = useQuery({ ...draftsQuery, enabled: mayAnswer }).data
  const act = useAct()
  const { begin, press } = useOpening(open)
  const within = pageAddress('', search)

  function goTo(wanted: number) {
    const index = Math.min(Math.max(wanted, 0), conversations.length - 1)
    rows.scrollTo(index)
    focus.moveTo(conversations[index]?.id)
  }
  function walk(event: KeyboardEvent<HTMLElement>) {
    const step = STEPS[event.key]
    const from = indexOf(focus.from())
    if (step === undefined || from < 0) return
    event.preventDefault()
    goTo(from + step)
  }
  useListKeys({ ids: conversations.map(({ id }) => id), selectedId, scroller, goTo, onPick, isPicking: pickedIds.size > 0 })

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      <ul
        aria-label={t('Conversations')}
        onKeyDown={walk}
        onFocus={focus.onFocus}
        onPointerDown={begin}
        onClick={press}
        className="relative"
        style={{ height: conversations.length * ROW_HEIGHT }}
      >
        {drawn(rows, focusedIndex).map((index) => {
          const conversation = conversations[index]
          if (conversation === undefined) return null
          const { id } = conversation
          return (
            <li
              key={id}
              aria-setsize={conversations.length}
              aria-posinset={index + 1}
              className="group absolute inset-x-0 top-0 py-px contain-strict"
              style={{ height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }}
            >
              <Row
                conversation={conversation}
                business={businesses.get(conversation.business_id)}
                draft={drafts?.find(({ conversation_id }) => conversation_id === id)?.text}
                href={`/inbox/${id}${within}`}
                selected={index === selectedIndex}
                tabbable={index === tabbableIndex}
                now={now}
                isPicked={pickedIds.has(id)}
                isPicking={pickedIds.size > 0}
                boxTabbable={index === boxIndex}
                onPick={onPick}
                act={act}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface Opening {
  begin: (event: PointerEvent) => void
  press: (event: MouseEvent) => void
}

/** One for all rows: a link that knows the router, in each, would look at every change of the address. */
function useOpening(open: Open): Opening {
  const client = useQueryClient()
  return {
    // A finger may be about to scroll; a mouse is about to open. What fails is asked for again by the conversation.
    begin: ({ pointerType, target }) => {
      const id = linkAt(target)?.dataset['conversation']
      if (id === undefined || pointerType !== 'mouse') return
      // After the press itself, which has to be seen first.
      setTimeout(() => void Promise.allSettled([client.query(conversationQuery(id)), client.infiniteQuery(messagesQuery(id))]))
    },
    press: (event) => {
      const link = linkAt(event.target)
      if (link === null || !isPlainPress(event)) return
      event.preventDefault()
      open(link.dataset['conversation'] ?? '', link.getAttribute('href') ?? '')
    },
  }
}

const linkAt = (target: EventTarget) => (target instanceof Element ? target.closest<HTMLElement>('a[data-conversation]') : null)

/** The rows in sight, and the one with the focus wherever news has moved it, else the focus would be lost. */
function drawn({ from, to }: RowsInSight, focused: number): number[] {
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place)
  if (focused < 0 || (focused >= from && focused < to)) return indexes
  return focused < from ? [focused, ...indexes] : [...indexes, focused]
}
