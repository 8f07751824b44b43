/** Choose an approved template, fill its fields, see it as the person will, send it. */
import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Conversation, NewContent, Template } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Badge } from '@/shared/ui/badge'
import { Dialog } from '@/shared/ui/dialog'
import { Empty, Failed } from '@/shared/ui/notice'
import { Loading, Skeleton } from '@/shared/ui/skeleton'
import { templatesQuery } from '../../api'
import { TemplateForm } from './template-form'

interface Props {
  conversation: Conversation
  onClose: () => void
  onSend: (content: NewContent, text: string) => void
}

export default function TemplatePicker({ conversation, onClose, onSend }: Props) {
  const [chosen, setChosen] = useState<Template | null>(null)
  return (
    <Dialog title={chosen === null ? t('Choose a template') : chosen.name} onClose={onClose}>
      {chosen === null ? (
        <Choice channelId={conversation.channel_id} onChoose={setChosen} />
      ) : (
        <TemplateForm template={chosen} conversation={conversation} onBack={() => setChosen(null)} onSend={onSend} />
      )}
    </Dialog>
  )
}

function Choice({ channelId, onChoose }: { channelId: string; onChoose: (template: Template) => void }) {
  const query = useQuery(templatesQuery(channelId))
  if (query.isPending) {
    return (
      <Loading what={t('templates')}>
        <div className="grid gap-2 p-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </div>
      </Loading>
    )
  }
  if (query.data === undefined) return <Failed what={t('The templates could not be loaded')} error={query.error} retry={query.refetch} />
  const { data } = query.data
  // First those that can go; the others are shown with the reason, so that nobody looks for them.
  const usable = data.filter(({ is_usable }) => is_usable)
  const others = data.filter(({ is_usable, why_not, meta_id }) => !is_usable && why_not !== null && meta_id !== null)
  if (usable.length === 0 && others.length === 0) return <Empty title={t('No approved template')}>{t('Ask a manager to submit one to Meta for this number.')}</Empty>
  return (
    <ul aria-label={t('Templates')} className="grid gap-1 overflow-y-auto p-3">
      {usable.map((template) => (
        <li key={template.id}>
          <button
            type="button"
            onClick={() => onChoose(template)}
            className="flex w-full items-center gap-3 rounded-xl p-3 text-start outline-offset-[-2px] hover:bg-sunken"
          >
            <span className="grid min-w-0 flex-1 gap-1">
              <span className="flex items-center gap-2 text-sm font-semibold">
                <bdi className="truncate">{template.name}</bdi>
                <Badge tone="quiet">{template.language}</Badge>
                {template.category === 'MARKETING' && <Badge tone="lamp">{t('Marketing')}</Badge>}
              </span>
              <span dir="auto" className="line-clamp-2 text-sm text-soft">
                {template.body}
              </span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-faint rtl:-scale-x-100" />
          </button>
        </li>
      ))}
      {others.map((template) => (
        <li key={template.id} className="px-3 py-2 text-sm text-soft">
          <bdi className="font-semibold">{template.name}</bdi> <Badge tone="quiet">{template.language}</Badge>
          <p>{template.why_not}</p>
        </li>
      ))}
    </ul>
  )
}
