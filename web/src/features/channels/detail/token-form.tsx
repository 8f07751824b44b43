/** Gives the number a new token, or lets it go on with the one it has. */
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { useResume } from '../meta'
import type { Channel } from '../shapes'

export function TokenForm({ channel }: { channel: Channel }) {
  const [token, setToken] = useState('')
  const resume = useResume(channel.id)
  const given = token.trim()

  function submit(event: SubmitEvent) {
    event.preventDefault()
    resume.mutate(given, { onSuccess: () => setToken('') })
  }

  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-3 two:grid-cols-[minmax(0,1fr)_auto] two:items-end">
      <Field
        label={t('New token')}
        type="password"
        dir="ltr"
        value={token}
        onChange={setToken}
        placeholder="EAA…"
        hint={t("From a system user in Meta's Business Settings. It is kept sealed and never shown again.")}
      />
      <div className="flex gap-2 two:mb-[1.375rem]">
        <Button look="main" type="submit" disabled={given === '' || resume.isPending} className="h-10">
          {resume.isPending ? t('Connecting…') : t('Connect again')}
        </Button>
        {channel.state === 'paused' && (
          <Button disabled={resume.isPending} onClick={() => resume.mutate(null)} className="h-10">
            {t('Let it go on')}
          </Button>
        )}
      </div>
      <div className="two:col-span-2 empty:hidden">
        {resume.error !== null && (
          <p role="alert" className="text-sm text-bad-ink">
            {wordsFor(resume.error)}
          </p>
        )}
        {resume.isSuccess && (
          <p role="status" className="text-sm text-good-ink">
            {t('The number goes on.')}
          </p>
        )}
      </div>
    </form>
  )
}
