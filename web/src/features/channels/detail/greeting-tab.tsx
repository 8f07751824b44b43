/** What people see before they write: questions to tap, and commands behind "/". */
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import type { ReactNode, SubmitEvent } from 'react'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import { Field } from '@/shared/ui/field'
import { greetingQuery, useSetGreeting, type Greeting } from '../meta'
import { useMayChange } from './may-change'
import { Panel } from './panel'
import { Part } from '@/shared/ui/part'
import { SaveBar } from '@/shared/ui/save-bar'
import { useDraft } from '@/shared/lib/use-draft'

/** Source: WhatsApp Cloud API, "Conversational components". */
const MOST_QUESTIONS = 4
const MOST_COMMANDS = 30
const LONGEST = { question: 80, command: 32, hint: 256 }

export function GreetingTab({ channelId }: { channelId: string }) {
  const query = useQuery(greetingQuery(channelId))
  return (
    <Part query={query} what={t('the greeting')}>
      {(greeting) => <GreetingForm channelId={channelId} greeting={greeting} />}
    </Part>
  )
}

function GreetingForm({ channelId, greeting }: { channelId: string; greeting: Greeting }) {
  const { value, isChanged, change, undo } = useDraft(greeting)
  const save = useSetGreeting(channelId)
  const mayChange = useMayChange()
  const { ice_breakers: questions, commands } = value

  function submit(event: SubmitEvent) {
    event.preventDefault()
    save.mutate(value, { onSuccess: undo })
  }

  return (
    <form onSubmit={submit}>
      <fieldset disabled={!mayChange} className="grid grid-cols-1 gap-5">
        <Panel title={t('Questions to tap')} about={t('Shown in an empty chat. A tap sends the words as a message.')}>
          <div className="grid grid-cols-1 gap-3">
            {questions.map((question, index) => (
              <Row key={index} what={t('question {number}', { number: index + 1 })} onRemove={() => change({ ice_breakers: questions.toSpliced(index, 1) })}>
                <Field
                  label={t('Question {number}', { number: index + 1 })}
                  value={question}
                  max={LONGEST.question}
                  required
                  onChange={(next) => change({ ice_breakers: questions.with(index, next) })}
                />
              </Row>
            ))}
            <Add disabled={questions.length >= MOST_QUESTIONS} onClick={() => change({ ice_breakers: [...questions, ''] })}>
              {t('Add a question')}
            </Add>
          </div>
        </Panel>
        <Panel title={t('Commands')} about={t('Shown when somebody types a slash.')}>
          <div className="grid grid-cols-1 gap-3">
            {commands.map((command, index) => (
              <Row key={index} what={t('command {number}', { number: index + 1 })} onRemove={() => change({ commands: commands.toSpliced(index, 1) })}>
                <div className="grid grid-cols-1 gap-2 two:grid-cols-[12rem_minmax(0,1fr)]">
                  <Field
                    label={t('Command {number}', { number: index + 1 })}
                    value={command.name}
                    max={LONGEST.command}
                    required
                    placeholder={t('menu')}
                    onChange={(name) => change({ commands: commands.with(index, { ...command, name }) })}
                  />
                  <Field
                    label={t('What it does')}
                    value={command.hint}
                    max={LONGEST.hint}
                    required
                    placeholder={t("See today's menu")}
                    onChange={(hint) => change({ commands: commands.with(index, { ...command, hint }) })}
                  />
                </div>
              </Row>
            ))}
            <Add disabled={commands.length >= MOST_COMMANDS} onClick={() => change({ commands: [...commands, { name: '', hint: '' }] })}>
              {t('Add a command')}
            </Add>
          </div>
        </Panel>
        <SaveBar isChanged={isChanged} mutation={save} onUndo={undo} />
      </fieldset>
    </form>
  )
}

function Row({ what, onRemove, children }: { what: string; onRemove: () => void; children: ReactNode }) {
  return (
    <div className="flex items-end gap-1">
      <div className="min-w-0 flex-1">{children}</div>
      {useMayChange() && (
        <IconButton label={t('Remove {what}', { what })} onClick={onRemove} className="mb-0.5">
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
    </div>
  )
}

function Add({ children, ...rest }: { disabled: boolean; onClick: () => void; children: string }) {
  if (!useMayChange()) return null
  return (
    <Button look="quiet" className="w-fit" {...rest}>
      <Plus aria-hidden className="size-4" />
      {children}
    </Button>
  )
}
