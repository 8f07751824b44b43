/** A place: a pin that is drawn here (no map of somebody else's is loaded), its name, and a link to a map. */
import { ExternalLink } from 'lucide-react'
import { t } from '@/shared/i18n/t'
import type { Place } from '../../contents'

export function LocationCard({ place }: { place: Place }) {
  const where = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`
  return (
    <div className="w-72 max-w-full">
      <PinDrawing />
      <div className="px-1 pt-2">
        <p dir="auto" className="font-semibold break-words">
          {place.name ?? t('A place on the map')}
        </p>
        {place.address != null && (
          <p dir="auto" className="text-sm break-words opacity-85">
            {place.address}
          </p>
        )}
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-xs">
          <bdi dir="ltr" className="tabular-nums opacity-85">
            {where}
          </bdi>
          <a href={mapOf(place)} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 font-medium underline underline-offset-2">
            {t('Open in maps')}
            <ExternalLink aria-hidden className="size-3" />
          </a>
        </p>
      </div>
    </div>
  )
}

const mapOf = ({ latitude, longitude }: Place) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`

/** Streets that are nowhere, and a pin. */
function PinDrawing() {
  return (
    <svg aria-hidden viewBox="0 0 288 112" className="w-full rounded-xl bg-sunken text-line-strong" preserveAspectRatio="xMidYMid slice">
      <g stroke="currentColor" strokeWidth="7" fill="none" opacity=".55">
        <path d="M-8 34 96 20l64 26 140-22M-8 92l92-20 84 16 132-26M58 -8l22 130M142 -8l10 130M226 -8l-14 130" />
      </g>
      <path d="M104 26h30v34h-30z" fill="var(--good-soft)" />
      <path
        d="M144 88c-10-15-21-24-21-39a21 21 0 0 1 42 0c0 15-11 24-21 39z"
        fill="var(--bad)"
        stroke="var(--raised)"
        strokeWidth="2.5"
      />
      <circle cx="144" cy="49" r="7" fill="var(--raised)" />
    </svg>
  )
}
