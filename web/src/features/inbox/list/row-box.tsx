/** Over a row's picture: takes the row among those that something is to be done to together. */
import type { Conversation } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { useMay } from '@/shared/session/me'
import { Checkbox } from '@/shared/ui/checkbox'
import { nameOf } from '../words'

interface Props {
  conversation: Conversation
  isPicked: boolean
  /** Others are picked: every row shows its box. */
  isPicking: boolean
  /** Its row has the focus or would get it: Tab comes here too, and to no other row's box. */
  tabbable: boolean
  onPick: (id: string) => void
}

export function RowBox({ conversation, isPicked, isPicking, tabbable, onPick }: Props) {
  const mayAnswer = useMay('conversations:answer', conversation.business_id)
  if (!mayAnswer) return null
  return (
    <span
      className={cx(
        'absolute start-1 top-1 grid size-6 place-items-center rounded-md bg-panel/90 transition-opacity',
        !isPicked && !isPicking && 'opacity-0 group-hover:opacity-100 focus-within:opacity-100',
      )}
    >
      <Checkbox
        hidden
        tabbable={tabbable}
        label={t('Select {name}', { name: nameOf(conversation.contact) })}
        checked={isPicked}
        onChange={() => onPick(conversation.id)}
      />
    </span>
  )
}
