/** The keys of every page, and the windows they open. Fetched once the page is there. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { BegunHint } from '@/features/keyboard/begun-hint'
import { remember } from '@/features/palette/recent'
import { listenToKeys } from '@/shared/keys/listen'
import { useShortcut } from '@/shared/keys/live'
import type { ShortcutName } from '@/shared/keys/shortcuts'
import { useMayCheck } from '@/shared/session/me'
import { SECTIONS } from './sections'

const HelpSheet = lazy(() => import('@/features/keyboard/help-sheet'))
const fetchPalette = () => import('./palette')
const Palette = lazy(fetchPalette)

export default function Keyboard(): ReactNode {
  const [shown, setShown] = useState<'help' | 'palette' | null>(null)
  const [begun, setBegun] = useState<string | null>(null)
  useEffect(() => listenToKeys(setBegun), [])
  useEffect(fetchWhenIdle, [])
  const { conversationId } = useParams({ strict: false })
  useEffect(() => {
    if (conversationId !== undefined) remember(`conversation:${conversationId}`)
  }, [conversationId])
  useShortcut('help', () => setShown('help'))
  useShortcut('palette', () => setShown('palette'))
  const close = () => setShown(null)
  return (
    <>
      {SECTIONS.map(({ to, shortcut, permission }) => (
        <GoTo key={to} shortcut={shortcut} to={to} permission={permission} />
      ))}
      <GoTo shortcut="goMine" to="/inbox" permission="conversations:read" queue="mine" />
      <GoTo shortcut="goUnassigned" to="/inbox" permission="conversations:read" queue="unassigned" />
      {begun !== null && <BegunHint begun={begun} />}
      <Suspense>
        {shown === 'help' && <HelpSheet onClose={close} />}
        {shown === 'palette' && <Palette onClose={close} />}
      </Suspense>
    </>
  )
}

type Section = (typeof SECTIONS)[number]

interface GoToProps extends Pick<Section, 'to' | 'permission'> {
  shortcut: ShortcutName
  queue?: 'mine' | 'unassigned'
}

function GoTo({ shortcut, to, permission, queue }: GoToProps) {
  const navigate = useNavigate()
  const may = useMayCheck()
  const search = queue === undefined ? {} : { queue }
  useShortcut(shortcut, permission === undefined || may(permission) ? () => void navigate({ to, search }) : null)
  return null
}

/** It opens at once then; where no keyboard is likely it is fetched when somebody asks for it. */
function fetchWhenIdle(): (() => void) | undefined {
  if (!('requestIdleCallback' in globalThis) || !matchMedia('(hover: hover)').matches) return undefined
  const id = requestIdleCallback(() => void fetchPalette())
  return () => cancelIdleCallback(id)
}
