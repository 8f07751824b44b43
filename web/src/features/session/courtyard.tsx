/** A caravanserai at night, its lamps lit: two storeys of arches around a court. Drawn in the colours of the tokens. */
const LOWER = [0, 1, 2, 3, 4, 5]
const UPPER = [0, 1, 2, 3, 4, 5, 6, 7, 8]
/** Where somebody is awake. */
const LIT_BELOW = new Set([1, 3, 4])
const LIT_ABOVE = new Set([2, 5, 7])
const STARS = [
  [60, 330, 1.4],
  [352, 318, 1],
  [430, 262, 1.3],
  [512, 222, 1],
  [548, 330, 1.5],
  [92, 388, 0.9],
  [260, 372, 0.9],
  [470, 372, 1.1],
] as const

export function Courtyard({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 600 900" preserveAspectRatio="xMidYMax slice" className={className}>
      <defs>
        <radialGradient id="glow">
          <stop offset="0" stopColor="var(--lamp)" stopOpacity=".85" />
          <stop offset="1" stopColor="var(--lamp)" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1">
          <stop offset=".35" stopColor="var(--rail-raised)" stopOpacity="0" />
          <stop offset="1" stopColor="var(--rail-raised)" />
        </linearGradient>
      </defs>
      <rect width="600" height="900" fill="url(#dusk)" />
      {STARS.map(([x, y, r]) => (
        <circle key={x} cx={x} cy={y} r={r} fill="var(--rail-ink)" opacity=".55" />
      ))}
      <path d="M520 160a34 34 0 1 0 26 56 42 42 0 0 1-26-56" fill="var(--rail-ink)" opacity=".85" />
      <Storeys />
      <Tiles />
    </svg>
  )
}

function Storeys() {
  return (
    <g>
      <path d="M-10 470h620v440H-10z" fill="color-mix(in oklab, var(--rail) 72%, var(--rail-raised))" />
      <path d="M-10 470h620v10H-10zM-10 620h620v12H-10z" fill="var(--rail-raised)" />
      {UPPER.map((place) => (
        <Arch key={place} x={6 + place * 66} y={500} width={48} height={104} isLit={LIT_ABOVE.has(place)} />
      ))}
      {LOWER.map((place) => (
        <Arch key={place} x={8 + place * 100} y={660} width={78} height={180} isLit={LIT_BELOW.has(place)} />
      ))}
      <path d="M-10 840h620v70H-10z" fill="var(--rail-raised)" />
    </g>
  )
}

interface ArchProps {
  x: number
  y: number
  width: number
  height: number
  isLit: boolean
}

/** Pointed, as they are there; a lamp hangs in those that are lit. */
function Arch({ x, y, width, height, isLit }: ArchProps) {
  const rise = width * 0.72
  const bottom = y + height
  const middle = x + width / 2
  const spring = y + rise
  const shape = `M${x} ${bottom}V${spring}C${x} ${y + rise * 0.45} ${middle - width * 0.2} ${y + rise * 0.2} ${middle} ${y}C${middle + width * 0.2} ${y + rise * 0.2} ${x + width} ${y + rise * 0.45} ${x + width} ${spring}V${bottom}z`
  return (
    <g>
      <path d={shape} fill={isLit ? 'color-mix(in oklab, var(--lamp) 26%, var(--rail))' : 'var(--rail)'} />
      {isLit && (
        <>
          <circle cx={middle} cy={spring + 14} r={width * 0.62} fill="url(#glow)" />
          <path d={`M${middle} ${y + 6}V${spring}`} stroke="var(--lamp)" strokeWidth="1.5" opacity=".7" />
          <ellipse cx={middle} cy={spring + 10} rx={width * 0.09} ry={width * 0.13} fill="var(--lamp)" />
        </>
      )}
      <path d={shape} fill="none" stroke="var(--rail-faint)" strokeWidth="2" opacity=".5" />
    </g>
  )
}

/** A band of tiles in the four colours of the businesses. */
function Tiles() {
  const colours = ['saffron', 'rose', 'lapis', 'turquoise']
  return (
    <g opacity=".9">
      {Array.from({ length: 25 }, (_, place) => (
        <path
          key={place}
          d={`M${place * 24 + 12} 858l10 10-10 10-10-10z`}
          fill={`var(--tile-${colours[place % colours.length]})`}
        />
      ))}
    </g>
  )
}
