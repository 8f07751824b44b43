/** Colleagues who look at the conversation too, and a line while one of them writes. */
import { t } from '@/shared/i18n/t'
import { Avatar } from '@/shared/ui/avatar'
import { useOthersHere } from './use-presence'

export function OthersHere({ conversationId }: { conversationId: string }) {
  const others = useOthersHere(conversationId)
  if (others.length === 0) return null
  const names = others.map(({ name }) => name).join(', ')
  return (
    <span role="img" aria-label={t('Also here: {names}', { names })} title={t('Also here: {names}', { names })} className="flex shrink-0 -space-x-1.5 rtl:space-x-reverse">
      {others.slice(0, 3).map(({ id, name }) => (
        <span key={id} className="rounded-full ring-2 ring-panel">
          <Avatar id={id} name={name} size="medium" presence="here" />
        </span>
      ))}
    </span>
  )
}

export function TypingLine({ conversationId }: { conversationId: string }) {
  const names = useOthersHere(conversationId)
    .filter(({ isTyping }) => isTyping)
    .map(({ name }) => name)
  return (
    <p role="status" className="px-4 text-xs text-soft">
      {names.length > 0 && (
        <span className="inline-flex items-center gap-1.5 pb-1">
          <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-lamp" />
          {names.length === 1
            ? t('{name} is writing…', { name: names[0] })
            : t('{names} are writing…', { names: names.join(', ') })}
        </span>
      )}
    </p>
  )
}
