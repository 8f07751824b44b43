/** Over a narrow page: what the rail holds on a wide one. */
import { BusinessChips } from '@/features/businesses/business-chips'
import { memo } from 'react'
import { useFits } from '@/shared/lib/use-fits'
import { useMe } from '@/shared/session/me'
import { Logo } from '@/shared/ui/arch'
import { PaletteButton } from './tools'

interface Props {
  to: '/inbox' | '/contacts' | '/channels'
  selected: string | undefined
}

export const TopBar = memo(function TopBar({ to, selected }: Props) {
  const { businesses } = useMe()
  if (useFits('two')) return null
  return (
    <div className="flex items-center gap-1 bg-rail ps-3 pe-1 text-rail-ink">
      <Logo className="size-6 shrink-0" />
      <BusinessChips to={to} businesses={businesses} selected={selected} />
      <PaletteButton />
    </div>
  )
})
