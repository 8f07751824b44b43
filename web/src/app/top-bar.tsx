/** Over a narrow page: what the rail holds on a wide one. */
import { Logo } from '@/shared/ui/arch'
import { BarSections } from './sections'
import { PaletteButton, SignOutButton, ThemeButton } from './tools'

export function TopBar() {
  return (
    <div className="flex items-center gap-1 bg-rail px-3 pt-2 pb-1 text-rail-ink two:hidden">
      <Logo className="me-1 size-6 shrink-0" />
      <BarSections className="me-auto" />
      <Tools />
    </div>
  )
}

export function Tools() {
  return (
    <>
      <PaletteButton />
      <ThemeButton />
      <SignOutButton />
    </>
  )
}
