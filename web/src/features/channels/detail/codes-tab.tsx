/** QR codes and short links that open the chat with words already written. */
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { Empty } from '@/shared/ui/notice'
import { codesQuery, useCodes } from '../meta'
import { CodeCard } from './code-card'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'

/** Characters. Source: WhatsApp Cloud API, "QR codes". */
const LONGEST = 140

export function CodesTab({ channelId }: { channelId: string }) {
  const query = useQuery(codesQuery(channelId))
  const { create, remove } = useCodes(channelId)
  return (
    <div className="grid grid-cols-1 gap-5">
      {useMayChange() && <NewCode create={create} />}
      <Part query={query} what={t('the codes')}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('No code yet')}>{t('Make one and put it on the door, the menu, the parcel.')}</Empty>
          ) : (
            <ul aria-label={t('QR codes')} className="grid grid-cols-1 gap-4 two:grid-cols-2">
              {data.map((code) => (
                <li key={code.code}>
                  <CodeCard
                    code={code}
                    isGoing={remove.isPending && remove.variables === code.code}
                    onRemove={() => remove.mutate(code.code)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Part>
      {remove.error !== null && (
        <p role="alert" className="text-sm text-bad-ink">
          {wordsFor(remove.error)}
        </p>
      )}
    </div>
  )
}

function NewCode({ create }: { create: ReturnType<typeof useCodes>['create'] }) {
  const [text, setText] = useState('')
  const words = text.trim()
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (words !== '') create.mutate(words, { onSuccess: () => setText('') })
  }
  return (
    <Panel title={t('New code')} about={t('It opens the chat with these words already written; the person only has to send them.')}>
      <form onSubmit={submit} className="grid grid-cols-1 gap-3 two:grid-cols-[minmax(0,1fr)_auto] two:items-end">
        <Field label={t('Words')} value={text} max={LONGEST} required placeholder={t('Hello! I would like to book a table.')} onChange={setText} />
        <Button look="main" type="submit" disabled={create.isPending || words === '' || Array.from(words).length > LONGEST} className="h-10">
          <Plus aria-hidden className="size-4" />
          {create.isPending ? t('Making…') : t('Make a code')}
        </Button>
      </form>
      {create.error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad-ink">
          {wordsFor(create.error)}
        </p>
      )}
    </Panel>
  )
}
