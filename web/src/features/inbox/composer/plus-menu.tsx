/** Behind the plus: everything that can be sent besides words. */
import { CirclePlus, FileUp, Link2, List, MapPin, SquareMousePointer, type LucideIcon } from 'lucide-react'
import { use } from 'react'
import { t } from '@/shared/i18n/t'
import { ClosePopover, Popover } from '@/shared/ui/popover'

export type Extra = 'file' | 'location' | 'buttons' | 'list' | 'link_button'

const ITEMS: [Extra, LucideIcon, () => string][] = [
  ['file', FileUp, () => t('File or picture')],
  ['location', MapPin, () => t('Place')],
  ['buttons', SquareMousePointer, () => t('Answers to tap')],
  ['list', List, () => t('Menu with a list')],
  ['link_button', Link2, () => t('Button with a link')],
]

interface Props {
  offers: (extra: Extra) => boolean
  onChoose: (extra: Extra) => void
}

export function PlusMenu({ offers, onChoose }: Props) {
  return (
    <Popover
      label={t('Send something else')}
      className="w-56 p-1.5"
      face={<CirclePlus aria-hidden className="size-5" />}
      buttonProps={{
        'aria-label': t('Send something else'),
        title: t('Send something else'),
        className:
          'inline-grid size-9 shrink-0 place-items-center rounded-lg text-soft transition-colors hover:bg-sunken hover:text-ink',
      }}
    >
      <Items offers={offers} onChoose={onChoose} />
    </Popover>
  )
}

function Items({ offers, onChoose }: Props) {
  const close = use(ClosePopover)
  return (
    <ul>
      {ITEMS.filter(([extra]) => offers(extra)).map(([extra, Icon, label], index) => (
        <li key={extra}>
          <button
            type="button"
            autoFocus={index === 0}
            onClick={() => {
              close()
              onChoose(extra)
            }}
            className="flex w-full items-center gap-2.5 rounded-xl px-2.5 py-2 text-start text-sm outline-offset-[-2px] hover:bg-sunken"
          >
            <Icon aria-hidden className="size-4.5 text-soft" />
            {label()}
          </button>
        </li>
      ))}
    </ul>
  )
}
