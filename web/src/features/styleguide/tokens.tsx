/** Everything that `app/tokens.css` names, as it looks now. */
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { cx } from '@/shared/lib/cx'
import { Button } from '@/shared/ui/button'
import { TAG_COLOURS, TagMark } from '@/shared/ui/tag'
import { Chapter, Row, Sample } from './sample'

const GROUNDS: [string, string[]][] = [
  ['What things stand on', ['paper', 'panel', 'raised', 'sunken']],
  ['Lines; edge frames what is filled in', ['line', 'line-strong', 'edge', 'focus']],
  ['The rail', ['rail', 'rail-raised', 'rail-ink', 'rail-faint']],
  ['To do: one main thing in a place', ['accent-fill', 'accent-hover', 'accent-soft', 'on-accent']],
  ['Lamp: it waits for somebody', ['lamp', 'lamp-soft', 'toast', 'on-toast']],
  ['Well, and not', ['tile-good', 'good-soft', 'bad-fill', 'bad-soft']],
]

const WORDS: [string, string][] = [
  ['ink', 'panel'],
  ['ink-soft', 'panel'],
  ['ink-faint', 'panel'],
  ['accent', 'accent-soft'],
  ['lamp-ink', 'lamp-soft'],
  ['good-ink', 'good-soft'],
  ['bad-ink', 'bad-soft'],
  ['on-accent', 'accent-fill'],
  ['rail-faint', 'rail'],
  ['on-toast', 'toast'],
]

const TILES = ['education', 'hospitality', 'investment', 'ecommerce'] as const
const TILE_LOOKS = { education: 'tile-education', hospitality: 'tile-hospitality', investment: 'tile-investment', ecommerce: 'tile-ecommerce' }

export function Colours() {
  return (
    <Chapter id="colour" title="Colour" about="Night over a courtyard, lamps, tiles, pomegranates. Each token has a light and a dark side; a test holds every pair of words and ground to WCAG AA.">
      {GROUNDS.map(([title, names]) => (
        <Sample key={title} title={title}>
          <div className="grid grid-cols-2 gap-3 two:grid-cols-4">
            {names.map((name) => (
              <div key={name}>
                <span className="block h-14 rounded-xl border border-line" style={{ background: `var(--${name})` }} />
                <code className="text-xs text-soft">{name}</code>
              </div>
            ))}
          </div>
        </Sample>
      ))}
      <Sample title="Words on their ground">
        <div className="grid grid-cols-2 gap-3 two:grid-cols-5">
          {WORDS.map(([front, back]) => (
            <div key={front} className="rounded-xl border border-line px-3 py-2" style={{ background: `var(--${back})`, color: `var(--${front})` }}>
              <span className="block font-semibold">Aa أبجد 123</span>
              <code className="text-xs">{front}</code>
            </div>
          ))}
        </div>
      </Sample>
      <Sample title="Tiles over the doors, one a sector; tags, by the names that the server gives them">
        <Row>
          {TILES.map((tile) => (
            <span key={tile} className={cx(TILE_LOOKS[tile], 'rounded-t-[16px] rounded-b-[6px] bg-tile px-3 py-2 text-xs font-semibold text-tile-ink')}>
              {tile}
            </span>
          ))}
          {TAG_COLOURS.map((colour) => (
            <TagMark key={colour} tag={{ name: colour, colour }} />
          ))}
        </Row>
      </Sample>
    </Chapter>
  )
}

const SIZES: [string, string][] = [
  ['text-xl', 'text-xl font-bold tracking-tight'],
  ['text-lg', 'text-lg font-semibold'],
  ['text-base', 'text-base'],
  ['text-sm', 'text-sm'],
  ['text-xs', 'text-xs'],
  ['text-2xs', 'text-2xs font-semibold'],
]

export function Type() {
  return (
    <Chapter id="type" title="Type" about="Hanken Grotesk and Noto Sans Arabic, both from our own origin. Numbers in columns stand in tabular figures; people's words in bdi.">
      <Sample title="Sizes">
        <div className="grid gap-3">
          {SIZES.map(([name, look]) => (
            <div key={name} className="grid items-baseline gap-x-4 two:grid-cols-[6rem_1fr_1fr]">
              <code className="text-xs text-soft">{name}</code>
              <span className={look}>The gate is open until ten</span>
              <span className={look} lang="ar" dir="rtl">
                البوابة مفتوحة حتى العاشرة
              </span>
            </div>
          ))}
        </div>
      </Sample>
    </Chapter>
  )
}

const SPACES: [string, string][] = [
  ['1 · 4 px', 'w-1'],
  ['2 · 8 px', 'w-2'],
  ['3 · 12 px', 'w-3'],
  ['4 · 16 px', 'w-4'],
  ['6 · 24 px', 'w-6'],
  ['8 · 32 px', 'w-8'],
  ['control', 'w-control'],
  ['row', 'w-row'],
]
const ROUND: [string, string][] = [
  ['md: tags', 'rounded-md'],
  ['lg: boxes, buttons', 'rounded-lg'],
  ['xl: menus', 'rounded-xl'],
  ['2xl: cards, windows', 'rounded-2xl'],
  ['full: chips', 'rounded-full'],
]

export function Space() {
  return (
    <Chapter id="space" title="Space" about="Steps of four pixels. What is pressed is a control high and what is listed a row; the compact density makes both smaller, where there is a mouse.">
      <Sample title="Steps">
        <div className="grid gap-2">
          {SPACES.map(([name, look]) => (
            <div key={name} className="flex items-center gap-3">
              <code className="w-24 text-xs text-soft">{name}</code>
              <span className={cx(look, 'h-4 rounded-sm bg-accent-fill')} />
            </div>
          ))}
        </div>
      </Sample>
      <Sample title="Corners and shadows">
        <Row>
          {ROUND.map(([name, look]) => (
            <span key={name} className={cx(look, 'border border-line-strong bg-raised px-4 py-3 text-xs text-soft')}>
              {name}
            </span>
          ))}
          <span className="rounded-lg bg-raised px-4 py-3 text-xs text-soft shadow-low">shadow-low</span>
          <span className="rounded-xl bg-raised px-4 py-3 text-xs text-soft shadow-raised">shadow-raised</span>
        </Row>
      </Sample>
    </Chapter>
  )
}

const MOVES: [string, string][] = [
  ['rise · 180 ms', 'animate-rise'],
  ['fade · 140 ms', 'animate-fade'],
  ['slide-in · 220 ms', 'animate-slide-in'],
  ['slide-up · 240 ms', 'animate-slide-up'],
]

export function Motion() {
  const [played, setPlayed] = useState(0)
  return (
    <Chapter id="motion" title="Motion" about="It says where something came from, and is over before anybody waits for it. Whoever asks their device for less gets none.">
      <Sample title="Ways to come">
        <div className="flex flex-wrap items-center gap-3 overflow-hidden">
          <Button onClick={() => setPlayed(played + 1)}>
            <RotateCcw aria-hidden className="size-4" />
            Play
          </Button>
          {MOVES.map(([name, look]) => (
            <span key={`${name}${String(played)}`} className={cx(look, 'rounded-xl border border-line bg-raised px-4 py-3 text-sm shadow-raised')}>
              {name}
            </span>
          ))}
        </div>
      </Sample>
    </Chapter>
  )
}
