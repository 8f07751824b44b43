/** What a list is narrowed to: each filter a chip that says its choice, and a way back to all. */
import { ChevronDown, X } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import { cx } from '@/shared/lib/cx'
import { Menu } from './menu'

export interface Filter {
  name: string
  title: string
  /** What it means to the machine, and to people. */
  options: [string, string][]
  /** `undefined`: not narrowed by it. */
  value: string | undefined
}

interface Props {
  filters: Filter[]
  onChange: (name: string, value: string | undefined) => void
  /** Shown once anything is narrowed. */
  onClear: () => void
}

export function FilterChips({ filters, onChange, onClear }: Props) {
  return (
    <div role="group" aria-label={t('Filters')} className="flex items-center gap-1.5 max-two:-mx-4 max-two:-my-1 max-two:overflow-x-auto max-two:px-4 max-two:py-1 max-two:[scrollbar-width:none] two:flex-wrap">
      {filters.map((filter) => (
        <Chip key={filter.name} filter={filter} onChange={(value) => onChange(filter.name, value)} />
      ))}
      {filters.some(({ value }) => value !== undefined) && (
        <button type="button" onClick={onClear} className="h-8 shrink-0 rounded-full px-2 text-xs font-medium text-soft hover:text-ink">
          {t('Clear all')}
        </button>
      )}
    </div>
  )
}

function Chip({ filter: { title, options, value }, onChange }: { filter: Filter; onChange: (value: string | undefined) => void }) {
  const words = options.find(([each]) => each === value)?.[1] ?? value
  const isOn = value !== undefined
  return (
    <span
      className={cx(
        'inline-flex h-8 min-w-0 shrink-0 items-center rounded-full border text-xs font-medium transition-colors',
        isOn ? 'border-transparent bg-accent-soft text-accent' : 'border-dashed border-line-strong text-soft hover:bg-sunken',
      )}
    >
      <Menu
        label={title}
        buttonProps={{ className: cx('inline-flex h-8 min-w-0 items-center gap-1 rounded-full ps-3', isOn ? 'pe-1' : 'pe-2.5') }}
        face={
          <>
            <span className="max-w-56 truncate">
              {title}
              {isOn && (
                <>
                  {': '}
                  <bdi>{words}</bdi>
                </>
              )}
            </span>
            {!isOn && <ChevronDown aria-hidden className="size-3.5" />}
          </>
        }
        entries={options.map(([each, label]) => ({ label, checked: each === value, onSelect: () => onChange(each === value ? undefined : each) }))}
      />
      {isOn && (
        <button
          type="button"
          aria-label={t('Remove the filter {title}', { title })}
          onClick={() => onChange(undefined)}
          className="me-1 grid size-6 place-items-center rounded-full hover:bg-raised"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  )
}
