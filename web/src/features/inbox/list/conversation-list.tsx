/** The list itself: only the rows in sight are drawn, the arrow keys walk it, the end asks for more. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Business, Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { ConversationRow, ROW_HEIGHT } from './conversation-row'
import { focusRow, idOf } from './rows'
import { RowBox } from './row-box'
import { Swipe } from './swipe'
import { useListKeys } from './use-list-keys'

interface Props {
  conversations: Conversation[]
  businesses: ReadonlyMap<string, Business>
  selectedId: string | undefined
  now: number
  onEnd: () => void
  /** Those that something is to be done to together. */
  pickedIds: ReadonlySet<string>
  onPick: (id: string) => void
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity }

export function ConversationList({ conversations, businesses, selectedId, now, onEnd, pickedIds, onPick }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not used here
  const rows = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => conversations[index]?.id ?? index,
    overscan: 8,
  })
  const shown = rows.getVirtualItems()
  const reachedEnd = (shown.at(-1)?.index ?? 0) >= conversations.length - 1
  useEffect(() => {
    if (reachedEnd) onEnd()
  }, [reachedEnd, onEnd])

  const selectedIndex = conversations.findIndex(({ id }) => id === selectedId)
  const tabbableIndex = Math.max(0, selectedIndex)
  const [focusedId, setFocusedId] = useState<string>()
  const focusedIndex = conversations.findIndex(({ id }) => id === focusedId)
  const boxIndex = focusedIndex < 0 ? tabbableIndex : focusedIndex

  function goTo(wanted: number) {
    const index = Math.min(Math.max(wanted, 0), conversations.length - 1)
    rows.scrollToIndex(index)
    requestAnimationFrame(() => focusRow(scroller.current, conversations[index]?.id))
  }
  function walk(event: KeyboardEvent<HTMLElement>) {
    const step = STEPS[event.key]
    const from = conversations.findIndex(({ id }) => id === idOf(document.activeElement))
    if (step === undefined || from < 0) return
    event.preventDefault()
    goTo(from + step)
  }
  useListKeys({ ids: conversations.map(({ id }) => id), selectedId, scroller, goTo, onPick })

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      <ul aria-label={t('Conversations')} onKeyDown={walk} onFocus={({ target }) => setFocusedId((old) => idOf(target) ?? old)} className="relative" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, key, start, size }) => {
          const conversation = conversations[index]
          if (conversation === undefined) return null
          return (
            <li
              key={key}
              aria-setsize={conversations.length}
              aria-posinset={index + 1}
              className="group absolute inset-x-0 top-0 py-px"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              <Swipe conversation={conversation}>
                <ConversationRow
                  conversation={conversation}
                  business={businesses.get(conversation.business_id)}
                  selected={index === selectedIndex}
                  tabbable={index === tabbableIndex}
                  now={now}
                />
              </Swipe>
              <RowBox
                conversation={conversation}
                isPicked={pickedIds.has(conversation.id)}
                isPicking={pickedIds.size > 0}
                tabbable={index === boxIndex}
                onPick={onPick}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
