/** Where one chooses a password: it says what is asked, and how far one is. */
import { t } from '@/shared/i18n/t'
import { DoorField } from './door-field'

/** Characters. The server has the last word, and more to say. */
const SHORTEST = 12

interface Props {
  value: string
  onChange: (value: string) => void
  label?: string
  isBad?: boolean
  autoFocus?: boolean
}

export function NewPassword({ value, label, ...rest }: Props) {
  const missing = SHORTEST - Array.from(value).length
  return (
    <DoorField
      label={label ?? t('Password')}
      value={value}
      type="password"
      autoComplete="new-password"
      required
      minLength={SHORTEST}
      dir="ltr"
      hint={
        value !== '' && missing > 0
          ? t('{missing, plural, one {One character more.} other {# characters more.}}', { missing })
          : t('At least 12 characters. A few words in a row are easy to remember.')
      }
      {...rest}
    />
  )
}
