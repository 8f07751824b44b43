/** A quick reply, with what it will say beside it. */
import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '@/shared/api/problem'
import type { Business } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { useSettled } from '@/shared/lib/use-settled'
import { useMay } from '@/shared/session/me'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import { Select } from '@/shared/ui/select'
import { toastUndo } from '@/shared/ui/toast'
import { previewQuery, useReplies, type QuickReply, type QuickReplyBody } from './api'
import { ReplyFiles } from './reply-files'

const BLANKS = ['contact.first_name', 'business.name', 'business.address', 'business.hours_today', 'business.next_opening', 'agent.first_name']
const LANGUAGES: [string, string][] = [
  ['en', 'English'],
  ['ar', 'العربية'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['tr', 'Türkçe'],
]
const BLANK: QuickReplyBody = { shortcut: '', title: '', body: '', language: '', file_ids: [] }
const REST_MS = 300

interface Props {
  /** null: a new one. */
  reply: QuickReply | null
  businesses: Business[]
  onClose: () => void
}

function bodyOf(reply: QuickReply | null, businesses: Business[]): QuickReplyBody {
  if (reply === null) return { ...BLANK, business_id: businesses[0]?.id ?? null }
  const { shortcut, title, body, language, file_ids, business_id } = reply
  return { ...BLANK, shortcut, title, body, language, file_ids, business_id }
}

export function ReplyDialog({ reply, businesses, onClose }: Props) {
  const [body, setBody] = useState(() => bodyOf(reply, businesses))
  const { save, remove } = useReplies()
  const change = (part: Partial<QuickReplyBody>) => setBody((old) => ({ ...old, ...part }))
  function drop() {
    if (reply === null) return
    remove.mutate(reply.id, {
      onSuccess: () => {
        toastUndo(t('Quick reply removed'), () => save.mutate({ id: null, body: bodyOf(reply, businesses) }))
        onClose()
      },
    })
  }
  return (
    <Dialog title={reply === null ? t('Add a quick reply') : t('Quick reply')} onClose={onClose}>
      <form
        className="contents"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ id: reply?.id ?? null, body }, { onSuccess: onClose })
        }}
      >
        <div className="grid gap-4 overflow-y-auto p-5">
          <Fields body={body} businesses={businesses} onChange={change} />
          <Preview body={body.body ?? ''} businessId={body.business_id ?? businesses[0]?.id ?? ''} />
          {save.error !== null && (
            <p role="alert" className="text-sm text-bad-ink">
              {wordsFor(save.error)}
            </p>
          )}
        </div>
        <DialogFoot>
          {reply !== null && (
            <Button look="quiet" className="me-auto" onClick={drop}>
              <Trash2 aria-hidden className="size-4" />
              {t('Remove')}
            </Button>
          )}
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button look="main" type="submit" busy={save.isPending}>
            {t('Save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  body: QuickReplyBody
  businesses: Business[]
  onChange: (part: Partial<QuickReplyBody>) => void
}

function Fields({ body, businesses, onChange }: FieldsProps) {
  const mayAll = useMay('company:write')
  const files = body.file_ids ?? []
  const places: [string, string][] = businesses.map(({ id, name }) => [id, name])
  return (
    <>
      <div className="grid gap-4 two:grid-cols-2">
        <Field
          label={t('Shortcut')}
          value={body.shortcut}
          onChange={(shortcut) => onChange({ shortcut: shortcut.replace(/^\//, '') })}
          max={32}
          required
          autoFocus
          dir="ltr"
          hint={t('What you type after the slash.')}
        />
        <Field label={t('Name')} value={body.title} onChange={(title) => onChange({ title })} max={80} required />
        <Select
          label={t('For')}
          value={body.business_id ?? ''}
          options={mayAll || body.business_id == null ? [['', t('All businesses')], ...places] : places}
          onChange={(id) => onChange({ business_id: id === '' ? null : id, file_ids: [] })}
        />
        <Select
          label={t('Language')}
          value={body.language ?? ''}
          options={[['', t('Any')], ...LANGUAGES]}
          onChange={(language) => onChange({ language })}
        />
      </div>
      <div>
        <Field label={t('Text')} value={body.body ?? ''} onChange={(text) => onChange({ body: text })} max={4096} long required={files.length === 0} />
        <div role="group" aria-label={t('Blanks')} className="mt-2 flex flex-wrap gap-1.5">
          {BLANKS.map((blank) => (
            <Button key={blank} size="small" onClick={() => onChange({ body: `${body.body ?? ''}{{${blank}}}` })}>
              <bdi dir="ltr">{blank}</bdi>
            </Button>
          ))}
        </div>
      </div>
      <ReplyFiles businessId={body.business_id ?? null} ids={files} onChange={(ids) => onChange({ file_ids: ids })} />
    </>
  )
}

function Preview({ body, businessId }: { body: string; businessId: string }) {
  const settled = useSettled(body, REST_MS)
  const { data } = useQuery(previewQuery(settled, businessId))
  if (settled === '' || data === undefined) return null
  return (
    <section aria-label={t('Preview')}>
      <h3 className="mb-1.5 text-sm font-medium">{t('To Dana Rivers, now')}</h3>
      <p dir="auto" className="w-fit max-w-full rounded-2xl rounded-ee-md bg-accent-fill px-3.5 py-2 break-words whitespace-pre-wrap text-on-accent">
        {data.text}
      </p>
      {data.missing.length > 0 && (
        <p className="mt-1.5 text-xs text-lamp-ink">{t('Not known here: {blanks}', { blanks: data.missing.join(', ') })}</p>
      )}
    </section>
  )
}
