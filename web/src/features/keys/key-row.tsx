/** One key: what it opens, when it was last used, and what can be done with it. */
import { Ban, KeyRound, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { date, list } from '@/shared/i18n/formats'
import { t } from '@/shared/i18n/t'
import { shortAgo } from '@/shared/lib/times'
import { useNow } from '@/shared/lib/use-now'
import { useMay, useMe } from '@/shared/session/me'
import { Badge } from '@/shared/ui/badge'
import { IconButton } from '@/shared/ui/button'
import { Confirm } from '@/shared/ui/confirm'
import { toast } from '@/shared/ui/toast'
import { useRevokeKey, useRotateKey, type Key, type MadeKey } from './api'
import { scopeWords } from './scopes'

const GRACE_HOURS = 24

interface Props {
  apiKey: Key
  isOver: boolean
  onMade: (made: MadeKey) => void
}

export function KeyRow({ apiKey: key, isOver, onMade }: Props) {
  const mayWrite = useMay('keys:write')
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 two:px-5">
      <KeyRound aria-hidden className="mt-0.5 size-4.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="font-medium">{key.name}</bdi>
          {key.hint !== '' && (
            <code dir="ltr" className="rounded bg-sunken px-1.5 py-0.5 font-mono text-xs text-soft">
              {key.hint}…
            </code>
          )}
          <Standing apiKey={key} isOver={isOver} />
        </p>
        <p className="text-sm text-soft">
          {scopeWords(key.scopes)} · <Where ids={key.business_ids} />
        </p>
        <Use apiKey={key} />
      </div>
      {mayWrite && !isOver && <Acts apiKey={key} onMade={onMade} />}
    </li>
  )
}

function Standing({ apiKey: key, isOver }: { apiKey: Key; isOver: boolean }) {
  if (key.revoked_at !== null) return <Badge tone="quiet">{t('Revoked')}</Badge>
  if (isOver) return <Badge tone="quiet">{t('Ended')}</Badge>
  if (key.previous_until !== null) {
    return <Badge tone="lamp">{t('Old one opens until {when}', { when: when(key.previous_until) })}</Badge>
  }
  return null
}

function Where({ ids }: { ids: string[] | null }) {
  const { businesses } = useMe()
  if (ids === null) return t('the whole company')
  return list(ids.map((id) => businesses.find((each) => each.id === id)?.name ?? t('a business')))
}

function Use({ apiKey: key }: { apiKey: Key }) {
  const now = useNow(60_000)
  const used =
    key.last_used_at === null
      ? t('Never used')
      : t('Last used {when} from {place}', { when: shortAgo(key.last_used_at, now), place: key.last_used_from ?? '' })
  return (
    <p className="text-xs text-faint">
      {used}
      {' · '}
      {key.created_by === ''
        ? t('made {when}', { when: day(key.created_at) })
        : t('made by {name}, {when}', { name: key.created_by, when: day(key.created_at) })}
      {key.expires_at !== null && ` · ${t('ends {when}', { when: day(key.expires_at) })}`}
    </p>
  )
}

const when = (iso: string) => date(iso, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const day = (iso: string) => date(iso, { day: 'numeric', month: 'short', year: 'numeric' })

function Acts({ apiKey: key, onMade }: { apiKey: Key; onMade: (made: MadeKey) => void }) {
  const [asked, setAsked] = useState<'rotate' | 'revoke' | null>(null)
  const rotate = useRotateKey()
  const revoke = useRevokeKey()
  const close = () => setAsked(null)
  return (
    <>
      <div className="flex shrink-0">
        <IconButton label={t('Replace {name}', { name: key.name })} onClick={() => setAsked('rotate')}>
          <RefreshCw aria-hidden className="size-4" />
        </IconButton>
        <IconButton label={t('Revoke {name}', { name: key.name })} onClick={() => setAsked('revoke')}>
          <Ban aria-hidden className="size-4" />
        </IconButton>
      </div>
      {asked === 'rotate' && (
        <Confirm
          title={t('Replace this key?')}
          verb={t('Replace')}
          busy={rotate.isPending}
          problem={rotate.error && wordsFor(rotate.error)}
          onClose={close}
          onConfirm={() =>
            rotate.mutate(
              { id: key.id, hours: GRACE_HOURS },
              {
                onSuccess: (made) => {
                  close()
                  onMade(made)
                },
              },
            )
          }
        >
          {t('You get a new key. The old one opens for {hours} hours more, so that nothing stops while you change over.', { hours: GRACE_HOURS })}
        </Confirm>
      )}
      {asked === 'revoke' && (
        <Confirm
          danger
          title={t('Revoke {name}?', { name: key.name })}
          verb={t('Revoke')}
          busy={revoke.isPending}
          problem={revoke.error && wordsFor(revoke.error)}
          onClose={close}
          onConfirm={() =>
            revoke.mutate(key.id, {
              onSuccess: () => {
                close()
                toast({ text: t('The key opens nothing any more.') })
              },
            })
          }
        >
          {t('Whatever uses it stops working at once. This cannot be undone.')}
        </Confirm>
      )}
    </>
  )
}
