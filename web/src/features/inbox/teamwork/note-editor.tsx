/** Where a note for colleagues is written: `@` offers those who work at the business. */
import { useQuery } from '@tanstack/react-query'
import { StickyNote } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Avatar } from '@/shared/ui/avatar'
import { Button } from '@/shared/ui/button'
import { colleaguesQuery } from './api'
import { useWriteNote } from './mutations'

interface Props {
  conversationId: string
  businessId: string
}

const MOST_OFFERED = 6
/** An @ at the start or after a space, and what has been typed of the name. */
const MENTION = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u

export function NoteEditor({ conversationId, businessId }: Props) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const box = useRef<HTMLTextAreaElement>(null)
  const colleagues = useQuery(colleaguesQuery(businessId)).data?.data ?? []
  const write = useWriteNote(conversationId)
  const begun = MENTION.exec(text)?.[1]?.toLowerCase()
  const offered = begun === undefined ? [] : colleagues.filter(({ name }) => name.toLowerCase().includes(begun)).slice(0, MOST_OFFERED)

  function mention(name: string) {
    setText((old) => old.replace(/@[\p{L}\p{N}._-]*$/u, `@${name} `))
    setChosen(0)
    box.current?.focus()
  }
  function submit() {
    const body = text.trim()
    if (body === '') return
    const mentions = colleagues.filter(({ name }) => body.includes(`@${name}`)).map(({ id }) => id)
    setText('')
    // What could not be kept comes back, before what was begun meanwhile.
    write.mutate({ body, mentions }, { onError: () => setText((begun) => (begun === '' ? text : `${text}\n${begun}`)) })
  }
  function onKey(event: KeyboardEvent) {
    const person = offered[chosen]
    if (person !== undefined && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab'].includes(event.key)) {
      event.preventDefault()
      if (event.key === 'ArrowDown') setChosen((chosen + 1) % offered.length)
      else if (event.key === 'ArrowUp') setChosen((chosen + offered.length - 1) % offered.length)
      else mention(person.name)
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      submit()
    }
  }
  return (
    <div className="relative rounded-2xl border border-lamp/60 bg-lamp-soft p-1.5 focus-within:border-lamp">
      {offered.length > 0 && (
        <ul role="listbox" aria-label={t('Mention')} className="absolute start-2 bottom-full z-20 mb-1 w-64 overflow-hidden rounded-xl border border-line bg-raised p-1 shadow-raised">
          {offered.map(({ id, name }, index) => (
            <li
              key={id}
              role="option"
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                mention(name)
              }}
              className={cx('flex cursor-pointer items-center gap-2 rounded-lg px-2 py-1.5 text-sm', index === chosen && 'bg-sunken')}
            >
              <Avatar id={id} name={name} size="small" />
              <bdi className="truncate">{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={box}
        autoFocus
        rows={2}
        dir="auto"
        maxLength={10_000}
        aria-label={t('Note for colleagues')}
        placeholder={t('For colleagues only. @ mentions one.')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        className="max-h-48 w-full resize-none bg-transparent px-2.5 py-1.5 text-base text-ink outline-none field-sizing-content placeholder:text-lamp-ink/75"
      />
      <div className="flex items-center justify-between gap-2 ps-2.5">
        <span className="text-2xs text-lamp-ink">{t('Never sent')}</span>
        <Button look="main" disabled={text.trim() === ''} onClick={submit}>
          <StickyNote aria-hidden className="size-4" />
          {t('Add note')}
        </Button>
      </div>
    </div>
  )
}
