/** The list of quick replies over the box: which one is chosen, and what the keys do. */
import { useId, useState } from 'react'
import { noteUse, type FilledReply } from './desk-api'
import { slashOf, useQuickReplies } from './quick-replies'

export function useSlash(conversationId: string, text: string, onInsert: (reply: FilledReply) => void) {
  const listId = useId()
  const [at, setAt] = useState({ typed: '', index: 0 })
  const [closedFor, setClosedFor] = useState<string | null>(null)
  const typed = slashOf(text)
  const isOpen = typed !== null && closedFor !== text
  const { found, isPending, isEmpty } = useQuickReplies(conversationId, isOpen ? typed : null)
  const index = at.typed === typed ? Math.min(at.index, Math.max(found.length - 1, 0)) : 0

  function choose(reply: FilledReply) {
    noteUse(reply.id)
    onInsert(reply)
  }
  function step(by: number) {
    if (found.length > 0) setAt({ typed: typed ?? '', index: (index + by + found.length) % found.length })
  }
  /** Whether the list took the key. */
  function onKey(key: string): boolean {
    const reply = found[index]
    if (key === 'Escape') setClosedFor(text)
    else if (key === 'ArrowDown') step(1)
    else if (key === 'ArrowUp') step(-1)
    else if ((key === 'Enter' || key === 'Tab') && reply !== undefined) choose(reply)
    else return false
    return true
  }
  return { isOpen, found, isPending, isEmpty, index, listId, choose, onKey }
}

export type Slash = ReturnType<typeof useSlash>
