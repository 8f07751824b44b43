/** A message the server has not taken yet: on its way, or not sent and waiting for a decision. */
import { useQueryClient } from '@tanstack/react-query'
import { Clock3, CloudOff } from 'lucide-react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Button } from '@/shared/ui/button'
import { discard, useSend, type OutgoingState } from '../mutations'

export function OutgoingBubble({ conversationId, state }: { conversationId: string; state: OutgoingState }) {
  const client = useQueryClient()
  const send = useSend(conversationId)
  const { outgoing, error, isQueued } = state
  const remove = () => discard(client, conversationId, outgoing.key)
  return (
    <div className="mt-2 flex flex-col items-end">
      <div
        className={cx(
          'flex max-w-[min(34rem,85%)] items-end gap-2 rounded-2xl rounded-ee-md px-3.5 py-2',
          error === null ? 'animate-rise bg-accent-fill text-on-accent' : 'border border-bad bg-bad-soft text-bad-ink',
        )}
      >
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {outgoing.text}
        </p>
        {isQueued && <CloudOff aria-hidden className="mb-0.5 size-3.5 shrink-0" />}
        {error === null && !isQueued && <Clock3 role="img" aria-label={t('On its way')} className="mb-0.5 size-3.5 shrink-0" />}
      </div>
      {isQueued && (
        <div className="mt-1 flex flex-wrap items-center justify-end gap-1 text-xs text-soft">
          <span>{t('Waits for a connection; goes by itself.')}</span>
          <Button look="quiet" className="h-7" onClick={remove}>
            {t('Cancel')}
          </Button>
        </div>
      )}
      {error !== null && (
        <div role="alert" className="mt-1 flex max-w-[85%] flex-wrap items-center justify-end gap-1 text-xs text-bad-ink">
          <span>
            <strong className="font-semibold">{t('Not sent.')}</strong> {wordsFor(error)}
          </span>
          <Button
            look="quiet"
            className="h-7"
            onClick={() => {
              remove()
              send.mutate(outgoing)
            }}
          >
            {t('Try again')}
          </Button>
          <Button look="quiet" className="h-7" onClick={remove}>
            {t('Discard')}
          </Button>
        </div>
      )}
    </div>
  )
}
