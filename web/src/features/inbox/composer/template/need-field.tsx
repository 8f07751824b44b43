/** The box for one value that a template asks for, by the kind of the value. */
import { t } from '@/shared/i18n/t'
import { Field } from '@/shared/ui/field'
import { WhenField } from '@/shared/ui/when-field'
import type { FileView } from '../../files'
import { FileField, isFileKind } from './file-field'
import type { Given, Need } from './given'
import { labelOf } from './labels'

interface Props {
  need: Need
  given: Given
  sample: string | undefined
  businessId: string
  isFirst: boolean
  onChange: (part: Given) => void
  onFile: (file: FileView) => void
}

/** Characters. Source: WhatsApp Cloud API, "Coupon code templates". */
const LONGEST_COUPON = 20

export function NeedField({ need, given, sample, businessId, isFirst, onChange, onFile }: Props) {
  const { field, kind } = need
  const set = (value: string) => onChange({ [field]: value })
  if (isFileKind(kind)) {
    return (
      <FileField
        label={labelOf(field)}
        kind={kind}
        businessId={businessId}
        onUploaded={(file) => {
          onFile(file)
          onChange({ [field]: file.id, [`${field}#name`]: file.name ?? '' })
        }}
        onCleared={() => set('')}
      />
    )
  }
  const common = { label: labelOf(field), value: given[field] ?? '', required: true, autoFocus: isFirst, onChange: set }
  switch (kind) {
    case 'location':
      return <Parts {...{ need, given, onChange }} parts={LOCATION} />
    case 'product':
      return <Parts {...{ need, given, onChange }} parts={PRODUCT} />
    case 'time':
      return <WhenField {...common} kind="datetime-local" />
    case 'coupon_code':
      return <Field {...common} dir="ltr" max={LONGEST_COUPON} />
    default:
      return <Field {...common} pattern={NOT_BLANK} title={t('Meta refuses an empty field')} placeholder={sample === undefined ? '' : t('e.g. {sample}', { sample })} />
  }
}

const NOT_BLANK = '.*\\S.*'

const DEGREES = new Set(['latitude', 'longitude'])

/** Each with its name among the parts, and its label. */
const LOCATION: [string, () => string][] = [
  ['latitude', () => t('Degrees north')],
  ['longitude', () => t('Degrees east')],
  ['name', () => t('Name of the place')],
  ['address', () => t('Address')],
]
const PRODUCT: [string, () => string][] = [
  ['catalog', () => t('Id of the catalogue')],
  ['product', () => t('Id of the product')],
]

interface PartsProps {
  need: Need
  given: Given
  onChange: (part: Given) => void
  parts: [string, () => string][]
}

function Parts({ need: { field }, given, onChange, parts }: PartsProps) {
  return (
    <fieldset className="grid gap-3 two:grid-cols-2">
      <legend className="mb-1.5 text-sm font-semibold">{labelOf(field)}</legend>
      {parts.map(([name, label]) => (
        <Field
          key={name}
          label={label()}
          required
          {...(DEGREES.has(name) && { pattern: '-?\\d+(\\.\\d+)?', title: t('A number such as 41.3851'), dir: 'ltr' as const })}
          value={given[`${field}#${name}`] ?? ''}
          onChange={(value) => onChange({ [`${field}#${name}`]: value })}
        />
      ))}
    </fieldset>
  )
}
