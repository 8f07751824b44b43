/** Under a message that has not left yet: take it back, while there is time. */
import { useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useNow } from '@/shared/lib/use-now'
import { Button } from '@/shared/ui/button'
import { toast } from '@/shared/ui/toast'
import { refreshConversation } from '../mutations'
import { undoMessage } from '../composer/desk-api'
import { putBack } from '../composer/drafts'

const SECOND = 1_000

export const mayUndo = ({ waits }: Message) => waits?.code === 'undo'

export function UndoBar({ message }: { message: Message }) {
  const client = useQueryClient()
  const now = useNow(SECOND / 4)
  const [undoes, setUndoes] = useState(false)
  const left = Math.ceil((Date.parse(message.waits?.until ?? '') - now) / SECOND)
  if (!(left > 0)) return null

  async function undo() {
    setUndoes(true)
    try {
      await undoMessage(message.id)
      if (message.content.type === 'text') putBack(client, message.conversation_id, message.content.body)
      toast({ text: t('Taken back. Nobody got it.'), tone: 'good' })
    } catch (error) {
      toast({ text: wordsFor(error), tone: 'bad' })
    }
    await refreshConversation(client, message.conversation_id)
  }
  return (
    <Button size="small" busy={undoes} onClick={() => void undo()} className="mt-1">
      <Undo2 aria-hidden className="size-3.5 rtl:-scale-x-100" />
      {t('Undo')}
      <span aria-hidden className="w-3 text-center text-faint tabular-nums">
        {left}
      </span>
    </Button>
  )
}
