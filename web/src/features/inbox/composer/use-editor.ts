/** What is being written: its words, its files, and what may become of them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type RefObject } from 'react'
import type { Conversation, NewContent } from '@/shared/api/types'
import { useTyping } from '../mutations'
import { useTellTyping } from '../teamwork/use-presence'
import { draftsQuery } from './desk-api'
import { draftOf, keepDraft, usePutBack } from './drafts'
import { messagesFrom } from './messages-from'
import { LONGEST } from './text-box'
import { useAttachments } from './use-attachments'

interface Props {
  conversation: Conversation
  isReply: boolean
  onSend: (content: NewContent, text: string) => void
}

export function useEditor({ conversation, isReply, onSend }: Props, box: RefObject<HTMLTextAreaElement | null>) {
  const { id } = conversation
  const client = useQueryClient()
  const [text, setText] = useDraft(id)
  const attachments = useAttachments(conversation.business_id)
  const typing = useTyping(id)
  const tellTyping = useTellTyping(id)
  const { all } = attachments
  const words = text.trim()
  const isEmpty = words === '' && all.length === 0
  const isReady = !isEmpty && Array.from(text).length <= LONGEST && all.every(({ fileId }) => fileId !== null)

  useEffect(() => {
    if (isReply) box.current?.focus()
  }, [isReply, box])
  usePutBack(id, (back) => {
    setText(back)
    box.current?.focus()
  })

  function write(next: string, now = false) {
    setText(next)
    keepDraft(client, id, next, now)
    if (next !== '') typing()
    tellTyping(next !== '')
  }
  function insert(next: string) {
    write(next)
    box.current?.focus()
  }
  function clear() {
    attachments.clear()
    write('', true)
  }
  function submit() {
    if (!isReady) return
    for (const message of messagesFrom(words, all)) onSend(message.content, message.text)
    clear()
  }
  /** Words alone can be said later. */
  const canWait = isReady && all.length === 0
  return { text, words, attachments, isEmpty, isReady, canWait, write, insert, clear, submit }
}

/** What was begun here, else what was begun on another device. */
function useDraft(conversationId: string): [string, (text: string) => void] {
  const { data } = useQuery(draftsQuery)
  const [text, setText] = useState<string | null>(() => draftOf(conversationId) || null)
  const [first, setFirst] = useState<string | null>(null)
  if (first === null && data !== undefined) {
    setFirst(data.find((draft) => draft.conversation_id === conversationId)?.text ?? '')
  }
  return [text ?? first ?? '', setText]
}
