/** Which columns the list shows; of each person on each device their own. */
import { Columns3 } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { Button, buttonLook } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Popover } from '@/shared/ui/popover'
import type { Column } from './columns'

interface Props {
  columns: Column[]
  shown: readonly string[]
  onChoose: (names: string[] | undefined) => void
}

export function ColumnPicker({ columns, shown, onChoose }: Props) {
  const toggle = (name: string) => onChoose(shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name])
  return (
    <Popover
      label={t('Columns')}
      align="end"
      face={<Columns3 aria-hidden className="size-4" />}
      buttonProps={{ 'aria-label': t('Columns'), title: t('Columns'), className: buttonLook('quiet') }}
      className="grid max-h-96 w-60 gap-2.5 overflow-y-auto p-4 text-sm"
    >
      {columns.map(({ name, title }) => (
        <Checkbox key={name} label={<bdi>{title}</bdi>} checked={shown.includes(name)} onChange={() => toggle(name)} />
      ))}
      <Button look="quiet" onClick={() => onChoose(undefined)} className="-ms-2.5 mt-1 justify-self-start">
        {t('As at first')}
      </Button>
    </Popover>
  )
}
