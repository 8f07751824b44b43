/** Where one is signed in. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { shortAgo } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/settings-page'
import { endOtherSessions, endSession, type SignedInAt } from './api'
import { deviceOf } from './devices'

const RENEW_MS = 30_000

export function SessionsCard({ sessions }: { sessions: SignedInAt[] }) {
  const client = useQueryClient()
  const now = useNow(RENEW_MS)
  const renew = () => client.invalidateQueries({ queryKey: ['account'] })
  const end = useMutation({ mutationFn: endSession, onSettled: renew })
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSettled: renew })
  const error = end.error ?? endOthers.error
  return (
    <Card title={t('Where you are signed in')} about={t('Sign out whatever you do not know, then change your password.')}>
      <ul aria-label={t('Where you are signed in')} className="divide-y divide-line rounded-xl border border-line">
        {sessions.map((session) => (
          <Row key={session.id} session={session} now={now} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      {error !== null && (
        <p role="alert" className="mt-3 text-sm text-bad-ink">
          {wordsFor(error)}
        </p>
      )}
      {sessions.length > 1 && (
        <Button className="mt-4" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t('Sign out everywhere else')}
        </Button>
      )}
    </Card>
  )
}

function Row({ session, now, onEnd }: { session: SignedInAt; now: number; onEnd: () => void }) {
  const { words, isPhone } = deviceOf(session.device)
  const Icon = isPhone ? Smartphone : Laptop
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Icon aria-hidden className="size-4.5 shrink-0 text-faint" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{words}</span>
        <span className="block truncate text-xs text-soft">
          <bdi dir="ltr">{session.remote}</bdi> · {shortAgo(session.seen_at, now)}
        </span>
      </span>
      {session.is_this ? (
        <Badge tone="good">{t('Here')}</Badge>
      ) : (
        <Button size="small" aria-label={t('Sign out {device}', { device: words })} onClick={onEnd}>
          {t('Sign out')}
        </Button>
      )}
    </li>
  )
}
