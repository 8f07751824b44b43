/** What was done to a conversation, as one sentence. */
import { t } from '@/shared/i18n/t'
import { exactTime } from '@/shared/lib/times'
import type { Line } from './api'

const text = (value: unknown) => (typeof value === 'string' ? value : null)

type Say = (line: Line, name: string) => string

const WORDS: Record<string, Say> = {
  assigned: assignedWords,
  resolved: (_, name) => t('{name} resolved this', { name }),
  reopened: (_, name) => t('{name} opened this again', { name }),
  pending: (_, name) => t('{name} waits for an answer', { name }),
  snoozed: snoozedWords,
  woken: ({ actor }) =>
    actor.kind === 'contact' ? t('They wrote, so this is open again') : t('This is back, as it was put off until now'),
  handed_over: handedWords,
  returned: (_, name) => t('{name} gave this back to automatic answers', { name }),
  tagged: (line, name) => t('{name} added the tag {tags}', { name, tags: namesIn(line) }),
  untagged: (line, name) => t('{name} removed the tag {tags}', { name, tags: namesIn(line) }),
}

export function lineWords(line: Line): string {
  const name = actorName(line)
  return WORDS[line.kind]?.(line, name) ?? t('{name} changed this', { name })
}

const namesIn = ({ names }: Line) => Object.values(names).join(', ')

function actorName({ actor }: Line): string {
  if (actor.name !== null) return actor.name
  return actor.kind === 'automation' || actor.kind === 'system' ? t('Serai') : t('Somebody')
}

function assignedWords(line: Line, name: string): string {
  const to = text(line.detail['assignee_id'])
  const had = text(line.detail['had_assignee_id'])
  if (to === null && had !== null) return t('{name} assigned this to nobody', { name })
  return to === null || to === had ? teamWords(line, name) : personWords(line, name, to)
}

/** Who is silent now, and why. */
function handedWords({ actor, detail }: Line, name: string): string {
  switch (detail['reason']) {
    case 'in_person':
      return t('This business answers in person, so this waits for people')
    case 'answered':
      return t('{name} answered, so automatic answers are silent', { name })
    case 'phone_app':
      return t('Somebody answered on the phone, so automatic answers are silent')
    default:
      return actor.kind === 'automation' ? t('Automatic answers handed this to people') : t('{name} took over from automatic answers', { name })
  }
}

function personWords({ actor, detail, names }: Line, name: string, to: string): string {
  if (detail['reason'] === 'answered') {
    return detail['was_automatic'] === true
      ? t('{name} answered and has this now; automatic answers are silent', { name })
      : t('{name} answered and has this now', { name })
  }
  const who = names[to] ?? t('Somebody')
  if (detail['by_turn'] === true) return t('It is the turn of {who}', { who })
  return to === actor.id ? t('{name} took this', { name }) : t('{name} assigned this to {who}', { name, who })
}

function teamWords({ detail, names }: Line, name: string): string {
  const team = text(detail['team_id'])
  if (team === null) return t('{name} took this from its team', { name })
  return t('{name} gave this to {team}', { name, team: names[team] ?? t('a team') })
}

function snoozedWords({ detail }: Line, name: string): string {
  const until = text(detail['until'])
  if (until === null) return t('{name} put this off until they write', { name })
  return t('{name} put this off until {time}', { name, time: exactTime(until) })
}
