/** How far something has come. */
interface Props {
  label: string
  /** 0 to 1; `null`: it goes on, nobody knows how long. */
  share: number | null
  /** In words, for screen readers: "1,200 of 50,000". */
  words?: string
}

export function Progress({ label, share, words }: Props) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={words}
      className="h-2 overflow-hidden rounded-full bg-sunken forced-colors:border"
    >
      <div
        className={percent === undefined ? 'shimmer h-full' : 'h-full rounded-full bg-accent-fill transition-[width] duration-300 forced-colors:bg-[Highlight]'}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
