/** A colleague answered seconds before: send as well, or let it be. */
import { useQueryClient } from '@tanstack/react-query'
import { Problem } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { discard, useOutgoing, useSend } from '../mutations'

export function Collision({ conversationId }: { conversationId: string }) {
  const client = useQueryClient()
  const send = useSend(conversationId)
  const stopped = useOutgoing(conversationId).find(({ error }) => error instanceof Problem && error.code === 'colleague_answered')
  if (stopped === undefined) return null
  const { outgoing, error } = stopped
  const drop = () => discard(client, conversationId, outgoing.key)
  const sendAnyway = () => {
    drop()
    send.mutate({ ...outgoing, key: newId(), confirm: true })
  }
  return (
    <Dialog title={t('A colleague was first')} onClose={drop}>
      <div className="grid gap-4 p-5">
        <p>{error?.message}</p>
        <blockquote dir="auto" className="max-h-40 overflow-y-auto rounded-xl bg-sunken px-4 py-3 text-sm whitespace-pre-wrap">
          {outgoing.text}
        </blockquote>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={drop}>{t('Do not send')}</Button>
          <Button look="main" onClick={sendAnyway}>
            {t('Send anyway')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
