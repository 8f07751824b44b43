/** Sends Meta's own sample template to a phone, to see that messages leave. */
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { api } from '@/shared/api/client'
import { answer, Problem, wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { newId } from '@/shared/lib/new-id'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Panel } from '../detail/panel'

/** Every account has it, approved. Source: WhatsApp Cloud API, "Get started". */
const SAMPLE = { type: 'template', name: 'hello_world', language: 'en_US' } as const

const LOOKS = 20
const BETWEEN_LOOKS_MS = 1_000

/** A number that was connected a moment ago has no templates here yet: ask for them, and wait for the sample. */
async function bringSample(channelId: string): Promise<void> {
  await answer(api.POST('/api/v1/channels/{channel_id}/templates/sync', { params: { path: { channel_id: channelId } } }))
  for (let look = 0; look < LOOKS; look += 1) {
    const { data } = await answer(api.GET('/api/v1/templates', { params: { query: { channel_id: channelId, limit: 100 } } }))
    if (data.some(({ name, is_usable }) => name === SAMPLE.name && is_usable)) return
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
  }
  throw new Problem(404, 'sample_missing', t('The account has no sample template. Write to the number from a phone instead.'))
}

export function TestMessage({ channelId }: { channelId: string }) {
  const [phone, setPhone] = useState('')
  const send = useMutation({
    mutationFn: async (phone: string) => {
      await bringSample(channelId)
      const body = { channel_id: channelId, to: { phone }, content: SAMPLE }
      return answer(api.POST('/api/v1/messages', { headers: { 'Idempotency-Key': newId() }, body }))
    },
  })

  function submit(event: SubmitEvent) {
    event.preventDefault()
    send.mutate(phone.trim())
  }

  return (
    <Panel title={t('Try it')} about={t("Sends Meta's sample “Hello World” to a phone of yours.")}>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="min-w-52 flex-1">
          <Field label={t('Your phone')} type="tel" dir="ltr" value={phone} required placeholder="+1 555 010 0100" onChange={setPhone} />
        </div>
        <Button type="submit" className="h-10" disabled={send.isPending || phone.trim() === ''}>
          {send.isPending ? t('Sending…') : t('Send a test')}
        </Button>
      </form>
      {send.error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad-ink">
          {wordsFor(send.error)}
        </p>
      )}
      {send.isSuccess && (
        <p role="status" className="mt-2 text-sm text-good-ink">
          {t('It is on its way. Answer it on the phone, and the conversation appears in the inbox.')}
        </p>
      )}
    </Panel>
  )
}
