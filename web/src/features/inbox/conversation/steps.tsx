/** Every step a message took, with its time. */
import type { Message } from '@/shared/api/types'
import { exactTime } from '@/shared/lib/times'
import { eventWords } from '../words'
import { timeOf } from './bubble'

export function Steps({ id, message }: { id: string; message: Message }) {
  return (
    <ol id={id} className="mt-1.5 grid gap-0.5 rounded-lg border border-line bg-panel px-3 py-2 text-xs text-soft">
      {message.events.map(({ kind, at }) => (
        <li key={kind + at} className="flex justify-between gap-4 tabular-nums">
          {eventWords(kind)}
          <time dateTime={at}>{exactTime(at)}</time>
        </li>
      ))}
      {message.events.length === 0 && <li>{exactTime(timeOf(message))}</li>}
    </ol>
  )
}
