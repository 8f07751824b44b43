/** The two small things that are on every page: the look, and the way out. */
import { useQueryClient } from '@tanstack/react-query'
import { LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { signOut } from '@/features/session/api'
import { useTheme } from '@/shared/lib/theme'
import { IconButton } from '@/shared/ui/button'

const ICONS = { system: Monitor, light: Sun, dark: Moon }

export function ThemeButton() {
  const { theme, turn } = useTheme()
  const Icon = ICONS[theme]
  return (
    <IconButton label={`Look: ${theme}`} onClick={turn} onRail>
      <Icon aria-hidden className="size-4.5" />
    </IconButton>
  )
}

export function SignOutButton() {
  const client = useQueryClient()
  return (
    <IconButton label="Sign out" onClick={() => void signOut(client)} onRail>
      <LogOut aria-hidden className="size-4.5 rtl:-scale-x-100" />
    </IconButton>
  )
}
