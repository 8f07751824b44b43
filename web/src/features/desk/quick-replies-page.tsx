/** What is said often: a library for each business, and one for all. */
import { useQuery } from '@tanstack/react-query'
import { Paperclip, Plus, Zap } from 'lucide-react'
import { useId, useState } from 'react'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useMay, useMe } from '@/shared/session/me'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Empty, Failed } from '@/shared/ui/notice'
import { SettingsPage } from '@/shared/ui/settings-page'
import { Skeleton } from '@/shared/ui/skeleton'
import { repliesQuery, type QuickReply } from './api'
import { ReplyDialog } from './reply-dialog'

export default function QuickRepliesPage() {
  const { businesses } = useMe()
  const mayWrite = useMay('business:write')
  const [edited, setEdited] = useState<QuickReply | 'new' | null>(null)
  const add = mayWrite && (
    <Button look="main" onClick={() => setEdited('new')}>
      <Plus aria-hidden className="size-4" />
      {t('Add a quick reply')}
    </Button>
  )
  return (
    <SettingsPage
      title={t('Quick replies')}
      about={t('Type / in a reply to find one. Names and hours are filled in by themselves.')}
      action={add}
    >
      <List businesses={businesses} onOpen={mayWrite ? setEdited : null} />
      {edited !== null && <ReplyDialog reply={edited === 'new' ? null : edited} businesses={businesses} onClose={() => setEdited(null)} />}
    </SettingsPage>
  )
}

function List({ businesses, onOpen }: { businesses: Business[]; onOpen: ((reply: QuickReply) => void) | null }) {
  const query = useQuery(repliesQuery)
  if (query.isPending) {
    return (
      <div className="grid gap-2">
        <Skeleton className="h-16 rounded-2xl" />
        <Skeleton className="h-16 rounded-2xl" />
      </div>
    )
  }
  if (query.data === undefined) return <Failed what={t('The quick replies could not be loaded')} error={query.error} retry={query.refetch} />
  if (query.data.length === 0) {
    return <Empty title={t('No quick reply yet')}>{t('What you say ten times a day is two keys from here on.')}</Empty>
  }
  const places = [{ id: null, name: t('All businesses') }, ...businesses]
  return (
    <div className="grid gap-6">
      {places.map(({ id, name }) => (
        <Place key={id} name={name} replies={query.data.filter(({ business_id: at }) => (at ?? null) === id)} onOpen={onOpen} />
      ))}
    </div>
  )
}

interface PlaceProps {
  name: string
  replies: QuickReply[]
  onOpen: ((reply: QuickReply) => void) | null
}

function Place({ name, replies, onOpen }: PlaceProps) {
  const headId = useId()
  if (replies.length === 0) return null
  return (
    <section aria-labelledby={headId}>
      <h2 id={headId} className="mb-2 text-sm font-semibold">
        <bdi>{name}</bdi>
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-raised">
        {replies.map((reply) => (
          <li key={reply.id}>
            <Row reply={reply} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Row({ reply, onOpen }: { reply: QuickReply; onOpen: ((reply: QuickReply) => void) | null }) {
  return (
    <button
      type="button"
      disabled={onOpen === null}
      onClick={() => onOpen?.(reply)}
      className="flex w-full items-start gap-3 px-4 py-3 text-start outline-offset-[-2px] enabled:hover:bg-panel two:px-5"
    >
      <Zap aria-hidden className="mt-1 size-4 shrink-0 text-faint" />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-2">
          <bdi className="rounded-md bg-sunken px-1.5 py-0.5 font-mono text-xs">/{reply.shortcut}</bdi>
          <bdi className="font-semibold">{reply.title}</bdi>
          {reply.language !== undefined && reply.language !== '' && <Badge tone="quiet">{reply.language}</Badge>}
        </span>
        <span dir="auto" className="mt-0.5 line-clamp-2 text-sm text-soft">
          {reply.body}
        </span>
        <span className="mt-1 flex items-center gap-1 text-2xs text-faint">
          {(reply.file_ids ?? []).length > 0 && <Paperclip aria-label={t('Files')} className="size-3" />}
          {t('{count, plural, =0 {not used yet} one {used once} other {used # times}}', { count: reply.use_count })}
        </span>
      </span>
    </button>
  )
}
