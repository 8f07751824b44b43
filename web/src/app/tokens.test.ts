/** Words can be read and controls be seen, in light and in dark: every pair that the parts use, after WCAG 2.2 (1.4.3, 1.4.11). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const CSS = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const WORDS = 4.5
const SHAPES = 3

const PAGES = ['--paper', '--panel', '--raised', '--sunken']

/** Words, and what they stand on. */
const READ: Record<string, string[]> = {
  '--ink': [...PAGES, '--accent-soft', '--lamp-soft', '--good-soft', '--bad-soft'],
  '--ink-soft': [...PAGES, '--accent-soft'],
  '--ink-faint': PAGES,
  '--accent': [...PAGES, '--accent-soft'],
  '--lamp-ink': [...PAGES, '--lamp-soft'],
  '--good-ink': [...PAGES, '--good-soft'],
  '--bad-ink': [...PAGES, '--bad-soft'],
  '--on-accent': ['--accent-fill', '--accent-hover', '--bad-fill', '--bad-hover'],
  '--on-accent-faint': ['--accent-fill'],
  '--rail-ink': ['--rail', '--rail-raised'],
  '--rail-faint': ['--rail', '--rail-raised'],
  '--rail': ['--rail-ink'],
  '--on-toast': ['--toast'],
  '--lamp': ['--toast'],
  '--paper': ['--ink'],
  ...Object.fromEntries(['saffron', 'rose', 'lapis', 'turquoise'].map((tile) => [`--tile-${tile}-ink`, [`--tile-${tile}`]])),
}

/** Shapes that say something by themselves: the frame of a box, a ring, a dot. */
const SEEN: Record<string, string[]> = {
  '--focus': PAGES,
  '--edge': ['--paper', '--panel', '--raised'],
  '--bad': ['--paper', '--panel', '--raised'],
  '--on-accent': ['--accent-fill'],
  '--tile-good': ['--rail'],
}

describe.each(THEMES)('in the %s', (theme) => {
  test.each(pairs(READ))('%s is read on %s', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(WORDS)
  })

  test.each(pairs(SEEN))('%s is seen on %s', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(SHAPES)
  })

  test.each(tags())('the word of a %s tag is read on it', (_, soft, ink) => {
    expect(ratio(luminance(soft, theme), luminance(ink, theme))).toBeGreaterThanOrEqual(WORDS)
  })
})

test('every colour is used by a pair above, or is known to carry no meaning alone', () => {
  const silent = ['--color-black', '--color-white', '--line', '--line-strong', '--shade', '--shadow']
  const paired = new Set([...Object.entries(READ), ...Object.entries(SEEN)].flatMap(([front, backs]) => [front, ...backs]))
  const colours = [...CSS.matchAll(/^ {2}(--[\w-]+): [^;]*oklch/gm)].map(([, name]) => name ?? '').filter((name) => !name.startsWith('--tag-'))
  expect(colours.filter((name) => !paired.has(name) && !silent.includes(name))).toEqual([])
})

function pairs(table: Record<string, string[]>): [string, string][] {
  return Object.entries(table).flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]))
}

function tags(): [string, string, string][] {
  const found = CSS.matchAll(/\.tag-(\w+) \{\s*--tag-soft: ([^;]+);\s*--tag-ink: ([^;]+);/g)
  return [...found].map(([, name = '', soft = '', ink = '']) => [name, soft, ink])
}

function contrast(front: string, back: string, theme: Theme): number {
  return ratio(luminance(valueOf(front), theme), luminance(valueOf(back), theme))
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function valueOf(name: string): string {
  const found = new RegExp(`^ {2}${name}: ([^;]+);`, 'm').exec(CSS)
  if (found?.[1] === undefined) throw new Error(`tokens.css has no ${name}`)
  return found[1]
}

/** 0 to 1, of a value as the tokens write it: one `oklch(…)`, or one for each theme. */
function luminance(value: string, theme: Theme): number {
  const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)]
  const [, lightness, chroma, hue] = (theme === 'dark' ? colours.at(-1) : colours[0]) ?? []
  if (hue === undefined) throw new Error(`not understood: ${value}`)
  const [red, green, blue] = linear(Number(lightness), Number(chroma), (Number(hue) * Math.PI) / 180)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Linear sRGB, cut to what screens show. Source: Björn Ottosson, "A perceptual color space for image processing". */
function linear(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const cut = (value: number) => Math.min(1, Math.max(0, value))
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}
