/** Under what the palette knows by itself: people and messages, as the server finds them. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useEffect, useEffectEvent } from 'react'
import { createPortal } from 'react-dom'
import { CornerDownLeft, MessageSquareText, RotateCcw } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { useSettled } from '@/shared/lib/use-settled'
import { useMayCheck, useMe } from '@/shared/session/me'
import { Avatar } from '@/shared/ui/avatar'
import { Skeleton } from '@/shared/ui/skeleton'
import { foundQuery, SHORTEST, type FoundContact, type FoundMessage } from './api'
import type { Item } from './items'
import { PaletteRow, ROW } from './palette-row'

interface Props {
  typed: string
  searches: boolean
  /** Nothing else fits. */
  isBare: boolean
  onChoose: (item: Pick<Item, 'id' | 'run'>) => void
  /** What was found is there. */
  onShown: () => void
  groupLook: string
  /** Where screen readers are told how it goes. */
  status: HTMLElement | null
}

const REST_MS = 150

export function FoundGroups(props: Props) {
  const { typed, searches, isBare } = props
  if (typed === '') return null
  if (!searches || Array.from(typed).length < SHORTEST) return isBare ? <Nothing typed={typed} /> : null
  return <Found {...props} />
}

function Found({ typed, isBare, onChoose, onShown, groupLook, status }: Props) {
  const q = useSettled(typed, REST_MS)
  const { data, isError, isPlaceholderData, refetch } = useQuery(foundQuery(q))
  const everything = useEverything(typed)
  const tellShown = useEffectEvent(onShown)
  useEffect(() => tellShown(), [data])
  if (data === undefined) {
    return (
      <>
        <Said words={isError ? t('The search did not work.') : t('Searching')} status={status} />
        {isError ? <Broken onAgain={() => void refetch()} groupLook={groupLook} /> : <Searching />}
      </>
    )
  }
  const isBusy = isPlaceholderData || q !== typed
  const count = data.contacts.length + data.messages.length
  return (
    <>
      <People contacts={data.contacts} onChoose={onChoose} groupLook={groupLook} />
      <Messages messages={data.messages} onChoose={onChoose} groupLook={groupLook} />
      {!isBusy && isBare && count === 0 && <Nothing typed={typed} />}
      <Command.Group className={groupLook}>
        <PaletteRow item={everything} value="everything" onChoose={onChoose} />
      </Command.Group>
      <Said words={isBusy ? '' : t('{count, plural, one {# found} other {# found}}', { count })} status={status} />
    </>
  )
}

const Said = ({ words, status }: { words: string; status: HTMLElement | null }) => status && createPortal(words, status)

function Broken({ onAgain, groupLook }: { onAgain: () => void; groupLook: string }) {
  return (
    <Command.Group heading={t('People and messages')} className={groupLook}>
      <p role="presentation" className="px-2.5 py-1 text-sm text-bad-ink">
        {t('The search did not work.')}
      </p>
      <Command.Item value="again" onSelect={onAgain} className={ROW}>
        <RotateCcw aria-hidden className="mx-1.5 size-4 text-soft" />
        {t('Try again')}
      </Command.Item>
    </Command.Group>
  )
}

function useEverything(q: string): Omit<Item, 'group'> {
  const navigate = useNavigate()
  return {
    id: 'page:/search',
    label: t('Search everything for “{q}”', { q }),
    mark: <CornerDownLeft aria-hidden className="rtl:-scale-x-100" />,
    run: () => void navigate({ to: '/search', search: { q } }),
  }
}

interface GroupProps extends Pick<Props, 'onChoose' | 'groupLook'> {
  contacts: FoundContact[]
}

/** Each leads to their page, and to what is said with them. */
function People({ contacts, onChoose, groupLook }: GroupProps) {
  const navigate = useNavigate()
  const nameOfBusiness = useBusinessNames()
  const may = useMayCheck()
  const items = contacts.flatMap(({ id, name, phone, business_id: businessId, conversation_id: talk }) => {
    const label = name ?? phone ?? t('Unknown person')
    const mark = <Avatar id={id} name={label} size="medium" />
    const about = [name === null ? null : phone, nameOfBusiness(businessId)].filter((each) => each !== null && each !== undefined).join(' · ')
    const rows: Omit<Item, 'group'>[] = []
    if (talk !== null) {
      const run = () => void navigate({ to: '/inbox/$conversationId', params: { conversationId: talk } })
      rows.push({ id: `conversation:${talk}`, label: t('{name}: conversation', { name: label }), about, mark, run })
    }
    if (may('contacts:read', businessId)) {
      const run = () => void navigate({ to: '/contacts/$contactId', params: { contactId: id } })
      rows.push({ id: `contact:${id}`, label: t('{name}: contact', { name: label }), about, mark, run })
    }
    return rows
  })
  if (items.length === 0) return null
  return (
    <Command.Group heading={t('People')} className={groupLook}>
      {items.map((item) => (
        <PaletteRow key={item.id} item={item} value={item.id} onChoose={onChoose} />
      ))}
    </Command.Group>
  )
}

function Messages({ messages, onChoose, groupLook }: Pick<Props, 'onChoose' | 'groupLook'> & { messages: FoundMessage[] }) {
  const navigate = useNavigate()
  const nameOfBusiness = useBusinessNames()
  if (messages.length === 0) return null
  return (
    <Command.Group heading={t('Messages')} className={groupLook}>
      {messages.map(({ id, text, contact, business_id: businessId, conversation_id: talk }) => (
        <PaletteRow
          key={id}
          value={`message:${id}`}
          item={{
            id: `conversation:${talk}`,
            label: text,
            about: [contact.name ?? t('Unknown person'), nameOfBusiness(businessId)].join(' · '),
            mark: <MessageSquareText aria-hidden />,
            run: () => void navigate({ to: '/inbox/$conversationId', params: { conversationId: talk }, hash: `message-${id}` }),
          }}
          onChoose={onChoose}
        />
      ))}
    </Command.Group>
  )
}

function useBusinessNames(): (id: string) => string | undefined {
  const { businesses } = useMe()
  return (id) => businesses.find((each) => each.id === id)?.name
}

function Searching() {
  return (
    <div aria-hidden className="grid gap-3 px-2.5 py-2.5">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex items-center gap-3">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton className="h-3.5 w-1/2" />
        </div>
      ))}
    </div>
  )
}

function Nothing({ typed }: { typed: string }) {
  return <p role="presentation" className="px-2.5 py-6 text-center text-sm text-soft">{t('Nothing fits “{typed}”.', { typed })}</p>
}
