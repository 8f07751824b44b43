/** Which button or row they tapped. */
import { List, Reply } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { Choice } from '../../contents'

export function ChoiceView({ choice }: { choice: Choice }) {
  const Icon = choice.kind === 'list' ? List : Reply
  return (
    <div>
      <p className="flex items-center gap-1.5 text-xs font-medium opacity-85">
        <Icon aria-hidden className="size-3.5 rtl:-scale-x-100" />
        {choice.kind === 'list' ? t('Chose from the list') : t('Tapped the button')}
      </p>
      <p dir="auto" className="font-semibold break-words">
        {choice.title}
      </p>
      {choice.description != null && (
        <p dir="auto" className="text-sm break-words opacity-85">
          {choice.description}
        </p>
      )}
    </div>
  )
}
