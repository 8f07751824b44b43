/** A choice out of many, found by typing. The list is fetched when it is first needed. */
import { ChevronsUpDown } from 'lucide-react'
import { lazy, useId, type ReactNode } from 'react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { aboutId, boxLook, Labelled, nameId } from './labelled'
import { Popover } from './popover'

export interface Choice {
  value: string
  label: string
  /** A second line. */
  about?: string
  /** More words that find it. */
  words?: string[]
  mark?: ReactNode
  disabled?: boolean
}

export interface ChoicesProps {
  label: string
  choices: Choice[]
  /** What is chosen; several where several may be. */
  chosen: string[]
  /** Several: stays open, and chooses and gives back in turn. */
  several?: boolean
  onChoose: (value: string) => void
  /** What was typed is no choice: offers to make it one. */
  onCreate?: ((words: string) => void) | undefined
  /** Instead of finding among `choices`: they come from elsewhere, already found. */
  onSearch?: ((words: string) => void) | undefined
  /** While they come. */
  busy?: boolean
}

/** The list with its search box, for a popover of your own. */
export const Choices = lazy(() => import('./choices'))

type Props = Omit<ChoicesProps, 'chosen' | 'several'> & {
  value: string | null
  placeholder?: string
  hint?: ReactNode
  problem?: string | null
  disabled?: boolean
}

/** Like a `Select`, for long lists. */
export function Combobox({ value, placeholder, hint, problem = null, disabled = false, ...rest }: Props) {
  const id = useId()
  const found = rest.choices.find((each) => each.value === value)
  return (
    <Labelled id={id} label={rest.label} hint={hint} problem={problem}>
      <Popover
        label={rest.label}
        side="bottom"
        className="w-72"
        buttonProps={{
          id,
          'aria-labelledby': `${nameId(id)} ${id}-value`,
          'aria-describedby': aboutId(id),
          disabled,
          className: cx(boxLook(problem !== null), 'flex h-10 items-center justify-between gap-2 px-3 text-start'),
        }}
        face={<Face id={`${id}-value`} found={found} placeholder={placeholder} />}
      >
        <Choices {...rest} chosen={value === null ? [] : [value]} />
      </Popover>
    </Labelled>
  )
}

function Face({ id, found, placeholder }: { id: string; found: Choice | undefined; placeholder: string | undefined }) {
  return (
    <>
      <span id={id} className={cx('flex min-w-0 items-center gap-2 truncate', found === undefined && 'text-faint')}>
        {found?.mark}
        <bdi className="truncate">{found?.label ?? placeholder ?? t('Choose')}</bdi>
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
    </>
  )
}
