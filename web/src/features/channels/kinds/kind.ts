/** What a kind of channel brings to the pages: its name, its mark, the parts of a channel's page, the way to connect one. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import type { Business } from '@/shared/api/types'
import type { Tab } from '../search-params'
import type { Detail } from '../shapes'

export interface Part {
  tab: Tab
  name: () => string
  show: (channel: Detail, now: number) => ReactNode
}

export interface WizardProps {
  businesses: Business[]
  /** The one that was looked at before. */
  businessId: string | undefined
  /** From the address, when Meta's login has led back here. */
  code: string | undefined
  /** Tells how far it is: the index of a step. */
  onStep: (index: number) => void
}

export interface Kind {
  name: () => string
  icon: LucideIcon
  /** The first is shown first. */
  parts: readonly Part[]
  connect: {
    /** Over the wizard, and on the button that leads to it. */
    title: () => string
    about: () => string
    steps: readonly (() => string)[]
    Wizard: ComponentType<WizardProps>
  }
}
