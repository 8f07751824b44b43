/** What is on every page: finding anything, the look, and the way out. */
import { useQueryClient } from '@tanstack/react-query'
import { Command, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { signOut } from '@/features/session/api'
import { t } from '@/shared/i18n/t'
import { pressSoon } from '@/shared/keys/live'
import { useTheme } from '@/shared/lib/theme'
import { Button, IconButton } from '@/shared/ui/button'

const NAMES = {
  system: () => t('Look: as the device'),
  light: () => t('Look: light'),
  dark: () => t('Look: dark'),
}
const ICONS = { system: Monitor, light: Sun, dark: Moon }

/** Where there are no keys, or for who does not know them yet. */
export function PaletteButton() {
  return (
    <IconButton label={t('Find or do anything')} onClick={() => pressSoon('palette')} onRail>
      <Command aria-hidden className="size-4.5" />
    </IconButton>
  )
}

export function ThemeButton() {
  const { theme, turn } = useTheme()
  const Icon = ICONS[theme]
  return (
    <IconButton label={NAMES[theme]()} onClick={turn} onRail>
      <Icon aria-hidden className="size-4.5" />
    </IconButton>
  )
}

export function SignOutButton() {
  const client = useQueryClient()
  return (
    <IconButton label={t('Sign out')} onClick={() => void signOut(client)} onRail>
      <LogOut aria-hidden className="size-4.5 rtl:-scale-x-100" />
    </IconButton>
  )
}

/** At the end of the settings of a narrow page, which has no rail. */
export function SignOutRow() {
  const client = useQueryClient()
  return (
    <Button size="large" className="w-full" onClick={() => void signOut(client)}>
      <LogOut aria-hidden className="size-4 rtl:-scale-x-100" />
      {t('Sign out')}
    </Button>
  )
}
