/** Under a message of ours: take it back while it waits, or try it again when it did not arrive. */
import type { Message } from '@/shared/api/types'
import { useMay } from '@/shared/session/me'
import { maySendAgain, SendAgain } from './send-again'
import { mayUndo, UndoBar } from './undo-bar'

export function SecondThoughts({ message }: { message: Message }) {
  const mayAnswer = useMay('conversations:answer', message.business_id)
  if (!mayAnswer) return null
  if (mayUndo(message)) return <UndoBar message={message} />
  return maySendAgain(message) ? <SendAgain message={message} /> : null
}
