/** What the palette knows of the product: its pages, businesses, looks and the way out. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Languages, LogOut, Monitor, Moon, Rows2, Rows3, Sun } from 'lucide-react'
import { conversationQuery } from '@/features/inbox/api'
import { nameOf } from '@/features/inbox/words'
import type { Item } from '@/features/palette/items'
import { PaletteDialog } from '@/features/palette/palette-dialog'
import { recentIds } from '@/features/palette/recent'
import { signOut } from '@/features/session/api'
import { chooseLanguage, LANGUAGES, language, type Language } from '@/shared/i18n/language'
import { t } from '@/shared/i18n/t'
import { setDensity, useDensity } from '@/shared/lib/density'
import { setTheme, useTheme, type Theme } from '@/shared/lib/theme'
import { useMay, useMayCheck, useMe } from '@/shared/session/me'
import { BusinessMark } from '@/shared/ui/arch'
import { Avatar } from '@/shared/ui/avatar'
import { SECTIONS } from './sections'
import { SETTINGS } from './settings-sections'

interface Props {
  onClose: () => void
}

export default function Palette({ onClose }: Props) {
  const searches = useMay('conversations:read')
  const items = [...useRecentConversations(), ...usePages(), ...useBusinesses(), ...useSettings(), ...useLooks(), useWayOut()]
  return <PaletteDialog items={items} searches={searches} onClose={onClose} />
}

function usePages(): Item[] {
  const navigate = useNavigate()
  const may = useMayCheck()
  return SECTIONS.filter(({ permission }) => permission === undefined || may(permission)).map(({ to, name, icon: Icon, shortcut }) => ({
    id: `page:${to}`,
    group: 'pages' as const,
    label: name(),
    mark: <Icon aria-hidden />,
    shortcut,
    run: () => void navigate({ to }),
  }))
}

function useSettings(): Item[] {
  const navigate = useNavigate()
  const may = useMayCheck()
  return SETTINGS.filter(({ permission }) => permission === undefined || may(permission)).map(({ path, title, about, icon: Icon }) => ({
    id: `page:/settings/${path}`,
    group: 'settings' as const,
    label: title(),
    about: about(),
    words: t('Settings'),
    mark: <Icon aria-hidden />,
    run: () => void navigate({ to: '/settings/$section', params: { section: path } }),
  }))
}

function useBusinesses(): Item[] {
  const navigate = useNavigate()
  const { businesses } = useMe()
  const may = useMay('conversations:read')
  if (!may) return []
  return businesses.map((business) => ({
    id: `business:${business.id}`,
    group: 'businesses' as const,
    label: business.name,
    mark: <BusinessMark business={business} size="small" />,
    words: t('Inbox'),
    run: () => void navigate({ to: '/inbox', search: { business: business.id } }),
  }))
}

/** Those opened in this tab; their names are not kept, so one that was dropped from memory is left out. */
function useRecentConversations(): Item[] {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { businesses } = useMe()
  const { conversationId } = useParams({ strict: false })
  return recentIds().flatMap((recent) => {
    const id = /^conversation:(.+)$/.exec(recent)?.[1]
    const conversation = id === undefined ? undefined : client.getQueryData(conversationQuery(id).queryKey)
    if (id === undefined || id === conversationId || conversation === undefined) return []
    const name = nameOf(conversation.contact)
    const about = businesses.find((each) => each.id === conversation.business_id)?.name
    return {
      id: recent,
      group: 'recent' as const,
      label: name,
      ...(about !== undefined && { about }),
      mark: <Avatar id={conversation.contact.id} name={name} size="medium" />,
      run: () => void navigate({ to: '/inbox/$conversationId', params: { conversationId: id } }),
    }
  })
}

function useLooks(): Item[] {
  const { theme } = useTheme()
  const density = useDensity()
  const themes: [Theme, string, typeof Sun][] = [
    ['light', t('Look: light'), Sun],
    ['dark', t('Look: dark'), Moon],
    ['system', t('Look: as the device'), Monitor],
  ]
  const look = (id: string, label: string, Icon: typeof Sun, run: () => void): Item => ({
    id: `look:${id}`,
    group: 'look',
    label,
    mark: <Icon aria-hidden />,
    words: t('Appearance and language'),
    run,
  })
  const others = Object.entries(LANGUAGES).filter(([tag]) => tag !== language())
  return [
    ...themes.filter(([name]) => name !== theme).map(([name, label, Icon]) => look(name, label, Icon, () => setTheme(name))),
    density === 'compact'
      ? look('comfortable', t('Comfortable lists'), Rows2, () => setDensity('comfortable'))
      : look('compact', t('Compact lists'), Rows3, () => setDensity('compact')),
    ...others.map(([tag, { name }]) => look(tag, t('Language: {name}', { name }), Languages, () => void chooseLanguage(tag as Language))),
  ]
}

function useWayOut(): Item {
  const client = useQueryClient()
  return {
    id: 'do:sign-out',
    group: 'other',
    label: t('Sign out'),
    mark: <LogOut aria-hidden className="rtl:-scale-x-100" />,
    run: () => void signOut(client),
  }
}
