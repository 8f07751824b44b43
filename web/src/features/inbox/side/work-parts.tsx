/** Who looks after the conversation and why, how long the person waited, and what colleagues noted. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { exactTime, span } from '@/shared/lib/times'
import { useMay } from '@/shared/session/me'
import { linesQuery, type Background, type Line } from '../teamwork/api'
import { AssigneePicker } from '../teamwork/assignee-picker'
import { lineWords } from '../teamwork/line-words'
import { TagRow } from '../teamwork/tag-row'
import { handlerWords } from '../words'
import { Facts, type Fact } from './facts'
import { Part } from './part'

const NOTES = 3
/** Lines that say who looks after it since. */
const HANDING: ReadonlySet<string> = new Set(['handed_over', 'returned', 'assigned'])

/** Of this conversation, the newest first. */
function useLines(id: string): Line[] {
  const pages = useInfiniteQuery(linesQuery(id)).data?.pages ?? []
  return pages.flatMap(({ data }) => data).filter((line) => line.conversation_id === id)
}

export function Responsible({ conversation }: { conversation: Conversation }) {
  const { id, business_id: businessId, assignee, team, team_id: teamId, tags } = conversation
  const mayAnswer = useMay('conversations:answer', businessId)
  const why = useLines(id).find(({ kind }) => HANDING.has(kind))
  const facts: Fact[] = [
    [t('Responsible'), mayAnswer ? <Picker key="picker" conversation={conversation} /> : <bdi key="name">{assignee?.name ?? t('Nobody')}</bdi>],
    ...(teamId === null ? [] : [[t('Team'), <bdi key="team">{team}</bdi>] satisfies Fact]),
  ]
  return (
    <>
      <Part title={t('This conversation')}>
        <Facts facts={facts} />
        <p className="mt-1.5 text-xs text-soft">{why === undefined ? handlerWords(conversation) : `${lineWords(why)} · ${exactTime(why.at)}`}</p>
      </Part>
      {(mayAnswer || tags.length > 0) && (
        <Part title={t('Tags')}>
          <TagRow conversation={conversation} whole />
        </Part>
      )}
    </>
  )
}

function Picker({ conversation: { id, business_id: businessId, assignee, team_id: teamId } }: { conversation: Conversation }) {
  return (
    <AssigneePicker
      conversationIds={[id]}
      businessId={businessId}
      assignee={assignee}
      teamId={teamId}
      className="inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-md font-medium text-accent hover:underline"
      face={
        assignee === null ? t('Assign') : <bdi className="truncate">{assignee.name}</bdi>
      }
    />
  )
}

export function ResponseTimes({ times: { first_seconds: first, median_seconds: median, count } }: { times: Background['response_times'] }) {
  if (first === null && median === null) return null
  const facts: Fact[] = [
    [t('First answer after'), first === null ? null : lasted(first)],
    [t('Usually after'), median === null || count < 2 ? null : lasted(median)],
  ]
  return (
    <Part title={t('Answer times, in opening hours')}>
      <Facts facts={facts.filter(([, value]) => value !== null)} />
    </Part>
  )
}

const lasted = (seconds: number) => (seconds < 60 ? t('under a minute') : span(seconds * 1000))

export function Notes({ conversationId }: { conversationId: string }) {
  const notes = useLines(conversationId).filter(({ kind }) => kind === 'note')
  if (notes.length === 0) return null
  return (
    <Part title={t('Notes')}>
      <ul className="grid gap-2">
        {notes.slice(0, NOTES).map(({ id, body, actor, at }) => (
          <li key={id} className="rounded-xl bg-lamp-soft px-3 py-2 text-sm">
            <p dir="auto" className="line-clamp-4 break-words whitespace-pre-wrap">
              {body}
            </p>
            <p className="mt-1 text-2xs text-lamp-ink">
              <bdi>{actor.name ?? t('Somebody')}</bdi> · {exactTime(at)}
            </p>
          </li>
        ))}
      </ul>
      {notes.length > NOTES && (
        <p className="mt-1.5 text-xs text-soft">{t('{count, plural, one {# more is in the thread.} other {# more are in the thread.}}', { count: notes.length - NOTES })}</p>
      )}
    </Part>
  )
}
