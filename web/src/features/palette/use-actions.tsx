/** What can be done on the page that the palette was opened over: whatever has a shortcut there. */
import { Clock, Hand, IdCard, Keyboard, Mail, MessageSquareReply, RotateCcw, Search, StickyNote, Tag, UserRoundPlus, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { canPress, press } from '@/shared/keys/live'
import { SHORTCUTS, type ShortcutName } from '@/shared/keys/shortcuts'
import type { Item } from './items'

/** In this order; the others are for keys alone. */
const ICONS: Partial<Record<ShortcutName, LucideIcon>> = {
  reply: MessageSquareReply,
  note: StickyNote,
  take: Hand,
  assign: UserRoundPlus,
  resolve: RotateCcw,
  snooze: Clock,
  tag: Tag,
  unread: Mail,
  about: IdCard,
  find: Search,
  help: Keyboard,
}
const OFFERED = Object.keys(ICONS) as ShortcutName[]

export function useActions(): Item[] {
  // What is behind the palette does not change while it is open.
  const [names] = useState(() => OFFERED.filter(canPress))
  return names.map((name) => {
    const Icon = ICONS[name] ?? Keyboard
    return {
      id: `do:${name}`,
      group: name === 'help' ? ('other' as const) : ('here' as const),
      label: SHORTCUTS[name].words(),
      mark: <Icon aria-hidden />,
      shortcut: name,
      run: () => void press(name),
    }
  })
}
