/** Under a message that did not arrive: try it again; what may have arrived only after a second look. */
import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Message } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { useResend } from '../composer/desk-api'
import { refreshConversation } from '../mutations'

const AGAIN = new Set(['failed', 'refused', 'unknown'])

export const maySendAgain = ({ direction, state, content }: Message) =>
  direction === 'out' && AGAIN.has(state) && content.type !== 'deleted' && content.type !== 'reaction'

export function SendAgain({ message }: { message: Message }) {
  const client = useQueryClient()
  const [asks, setAsks] = useState(false)
  const resend = useResend(message.conversation_id, () => void refreshConversation(client, message.conversation_id))
  const isUnknown = message.state === 'unknown'
  function again(confirmed: boolean) {
    resend.mutate(
      { id: message.id, confirmed },
      {
        onSuccess: () => setAsks(false),
        onError: (error) => {
          if (!confirmed) toast({ text: wordsFor(error), tone: 'bad' })
        },
      },
    )
  }
  return (
    <>
      <Button size="small" busy={resend.isPending && !asks} className="mt-1" onClick={() => (isUnknown ? setAsks(true) : again(false))}>
        <RotateCw aria-hidden className="size-3.5" />
        {t('Send again')}
      </Button>
      {asks && (
        <Confirm
          title={t('Send it again?')}
          verb={t('Send again')}
          busy={resend.isPending}
          problem={resend.error === null ? null : wordsFor(resend.error)}
          onConfirm={() => again(true)}
          onClose={() => setAsks(false)}
        >
          <p>{t('The line broke while it was sent, so nobody knows whether it arrived. If it did, they get it twice.')}</p>
        </Confirm>
      )}
    </>
  )
}
