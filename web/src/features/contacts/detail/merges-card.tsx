/** Who became part of this contact, and the way back. */
import { useQuery } from '@tanstack/react-query'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { shortAgo } from '@/shared/lib/times'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { toast } from '@/shared/ui/toast'
import { mergesQuery, useUnmerge, type Contact } from '../api'
import { Card } from './card'

export function MergesCard({ contact, now }: { contact: Contact; now: number }) {
  const mayWrite = useMay('contacts:write', contact.business_id)
  const merges = useQuery(mergesQuery(contact.id)).data?.data ?? []
  const undo = useUnmerge(contact.id)
  if (merges.length === 0) return null
  return (
    <Card title={t('Merged')}>
      <ul className="grid gap-2 text-sm">
        {merges.map((merge) => (
          <li key={merge.id} className="flex items-center gap-2">
            <span className="me-auto min-w-0 truncate">
              <bdi>{merge.gone_name ?? t('Without a name')}</bdi>
              <span className="block text-xs text-soft">
                {merge.by} · {shortAgo(merge.at, now)}
              </span>
            </span>
            {mayWrite && merge.is_undoable && (
              <Button
                size="small"
                busy={undo.isPending}
                onClick={() => undo.mutate(merge.id, { onError: (error) => toast({ text: wordsFor(error), tone: 'bad' }) })}
              >
                {t('Part again')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
