/** What somebody filled into a form, as a list of names and values. */
import { ClipboardList } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { FlowReply } from '../../contents'

/** Ours and Meta's own, of no use to people. */
const HIDDEN = new Set(['flow_token', 'saved_address_id'])

export function FlowAnswers({ reply }: { reply: FlowReply }) {
  const answers = Object.entries(reply.values ?? {})
    .filter(([name]) => !HIDDEN.has(name))
    .flatMap(([name, value]) => rowsOf(name, value))
  return (
    <div className="w-72 max-w-full">
      <p className="flex items-center gap-1.5 text-xs font-medium opacity-85">
        <ClipboardList aria-hidden className="size-3.5" />
        {reply.name === 'address_message' ? t('Sent an address') : t('Filled in the form')}
      </p>
      {answers.length > 0 ? (
        <dl className="mt-1.5 grid gap-1.5">
          {answers.map(([name, value]) => (
            <div key={name} className="grid grid-cols-[minmax(5rem,2fr)_3fr] gap-3 text-sm">
              <dt className="break-words opacity-85">{name}</dt>
              <dd dir="auto" className="font-medium break-words whitespace-pre-wrap">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p dir="auto" className="whitespace-pre-wrap">
          {reply.body}
        </p>
      )}
    </div>
  )
}

/** One row for a value, one for each member of a group of values. */
function rowsOf(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[labelOf(name), wordsOf(value)]]
  if (Array.isArray(value)) return [[labelOf(name), value.map(wordsOf).join(', ')]]
  return Object.entries(value).map(([inner, each]) => [labelOf(inner), wordsOf(each)])
}

/** "in_pin_code" and "screen_0_Date_1" as people would say them. */
function labelOf(name: string): string {
  const words = name.replace(/^screen_\d+_/, '').replace(/_\d+$/, '').replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? t('Yes') : t('No')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  const named = value as { file_name?: unknown; title?: unknown }
  const name = named.file_name ?? named.title
  return typeof name === 'string' ? name : JSON.stringify(value)
}
