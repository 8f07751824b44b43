/** Sends Meta's own sample template to a phone, to see that messages leave. */
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { api } from '@/shared/api/client'
import { answer, wordsFor } from '@/shared/api/problem'
import { newId } from '@/shared/lib/new-id'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Panel } from '../detail/panel'

/** Every account has it, approved. Source: WhatsApp Cloud API, "Get started". */
const SAMPLE = { type: 'template', name: 'hello_world', language: 'en_US' } as const

export function TestMessage({ channelId }: { channelId: string }) {
  const [phone, setPhone] = useState('')
  const send = useMutation({
    mutationFn: async (to: string) => {
      // A number that was connected a moment ago has no templates here yet.
      await answer(api.POST('/api/v1/channels/{channel_id}/templates/sync', { params: { path: { channel_id: channelId } } }))
      return answer(
        api.POST('/api/v1/messages', {
          headers: { 'Idempotency-Key': newId() },
          body: { channel_id: channelId, to: { phone: to }, content: SAMPLE },
        }),
      )
    },
  })

  function submit(event: SubmitEvent) {
    event.preventDefault()
    send.mutate(phone.trim())
  }

  return (
    <Panel title="Try it" about="Sends Meta's sample “Hello World” to a phone of yours.">
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="min-w-52 flex-1">
          <Field label="Your phone" type="tel" dir="ltr" value={phone} required placeholder="+1 555 010 0100" onChange={setPhone} />
        </div>
        <Button type="submit" className="h-10" disabled={send.isPending || phone.trim() === ''}>
          {send.isPending ? 'Sending…' : 'Send a test'}
        </Button>
      </form>
      {send.error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad-ink">
          {wordsFor(send.error)}
        </p>
      )}
      {send.isSuccess && (
        <p role="status" className="mt-2 text-sm text-good-ink">
          It is on its way. Answer it on the phone, and the conversation appears in the inbox.
        </p>
      )}
    </Panel>
  )
}
