/**
 * The parts of the pages and what they are made of, live: documentation, so in English as the guides are, and open to
 * whoever knows its address.
 */
import { useEffect, useState } from 'react'
import { Direction } from 'radix-ui'
import { applyDensity, type Density } from '@/shared/lib/density'
import { applyTheme, type Theme } from '@/shared/lib/theme'
import { Logo } from '@/shared/ui/arch'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Buttons, Choosing, Fields } from './forms'
import { Faces, Lists, Windows } from './surfaces'
import { Colours, Motion, Space, Type } from './tokens'

const CHAPTERS = ['colour', 'type', 'space', 'motion', 'buttons', 'fields', 'choosing', 'windows', 'lists', 'faces']

type Dir = 'ltr' | 'rtl'

export function StyleguidePage() {
  const [dir, setDir] = useState<Dir>(document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr')
  useTitle()
  return (
    <Direction.Provider dir={dir}>
      <div lang="en" className="h-dvh overflow-y-auto bg-paper">
        <header className="sticky top-0 z-30 border-b border-line bg-panel/95 px-4 py-2.5 two:px-8">
          <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2">
            <Logo className="size-6" />
            <h1 className="me-auto text-lg font-bold tracking-tight">Styleguide</h1>
            <Looks dir={dir} onDir={setDir} />
          </div>
        </header>
        <main className="mx-auto max-w-5xl px-4 two:px-8">
          <nav aria-label="Chapters" className="flex gap-1 overflow-x-auto py-3 [scrollbar-width:none]">
            {CHAPTERS.map((id) => (
              <a key={id} href={`#${id}`} className="rounded-lg px-2.5 py-1.5 text-sm font-medium text-soft capitalize -outline-offset-2 hover:bg-sunken hover:text-ink">
                {id}
              </a>
            ))}
          </nav>
          <Colours />
          <Type />
          <Space />
          <Motion />
          <Buttons />
          <Fields />
          <Choosing />
          <Windows />
          <Lists />
          <Faces />
        </main>
      </div>
    </Direction.Provider>
  )
}

function useTitle() {
  useEffect(() => {
    document.title = 'Styleguide · Serai'
  }, [])
}

/** Turned on this page only: what the device keeps comes back when it is left. */
function Looks({ dir, onDir }: { dir: Dir; onDir: (dir: Dir) => void }) {
  const [theme, setTheme] = useState<Theme>('system')
  const [density, setDensity] = useState<Density>('comfortable')
  useEffect(() => {
    const root = document.documentElement
    const before = root.dir
    return () => {
      root.dir = before
      applyTheme()
      applyDensity()
    }
  }, [])
  useEffect(() => {
    const { dataset } = document.documentElement
    document.documentElement.dir = dir
    dataset['density'] = density
    if (theme === 'system') applyTheme()
    else dataset['theme'] = theme
  }, [dir, theme, density])
  return (
    <div className="flex flex-wrap gap-2">
      <SegmentedControl label="Theme" value={theme} onChange={setTheme} options={[['system', 'Device'], ['light', 'Light'], ['dark', 'Dark']]} />
      <SegmentedControl label="Direction" value={dir} onChange={onDir} options={[['ltr', 'LTR'], ['rtl', 'RTL']]} />
      <SegmentedControl label="Density" value={density} onChange={setDensity} options={[['comfortable', 'Roomy'], ['compact', 'Compact']]} />
    </div>
  )
}
