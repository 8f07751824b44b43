/** Send a place: where it is, what it is called. */
import { LocateFixed } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import type { NewContent } from '@/shared/api/types'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Field } from '@/shared/ui/field'
import type { Place } from '../contents'
import { LocationCard } from '../conversation/contents/location-card'

interface Props {
  onClose: () => void
  onSend: (content: NewContent, text: string) => void
}

/** Characters. Source: WhatsApp Cloud API, location messages, as metered by its clients. */
const LONGEST_NAME = 1_000

export default function LocationForm({ onClose, onSend }: Props) {
  const [where, setWhere] = useState('')
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const spot = spotOf(where)
  const place: Place | null = spot === null ? null : { type: 'location', ...spot, ...filled({ name, address }) }

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (place === null) setProblem(t('Write two numbers: degrees north, degrees east. For example 41.3851, 2.1734'))
    else onSend(place, place.name ?? place.address ?? where)
  }
  function locate() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setWhere(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`),
      () => setProblem(t('The browser does not tell where you are. Allow it for this page, or write the numbers.')),
    )
  }

  return (
    <Dialog title={t('Send a place')} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <div className="grid gap-4 overflow-y-auto p-5">
          <div className="flex items-end gap-2">
            <div className="flex-1">
              <Field
                label={t('Latitude, longitude')}
                value={where}
                dir="ltr"
                required
                autoFocus
                placeholder="41.3851, 2.1734"
                onChange={(value) => {
                  setWhere(value)
                  setProblem(null)
                }}
              />
            </div>
            <Button onClick={locate} className="h-10">
              <LocateFixed aria-hidden className="size-4" />
              {t('Here')}
            </Button>
          </div>
          {problem !== null && (
            <p role="alert" className="-mt-2 text-xs text-bad-ink">
              {problem}
            </p>
          )}
          <Field label={t('Name')} value={name} max={LONGEST_NAME} placeholder={t('Our shop')} onChange={setName} />
          <Field
            label={t('Address')}
            value={address}
            max={LONGEST_NAME}
            hint={address !== '' && name === '' ? t('WhatsApp shows an address only under a name.') : null}
            onChange={setAddress}
          />
          {place !== null && (
            <div className="w-fit rounded-2xl rounded-es-md bg-accent-soft p-1.5">
              <LocationCard place={place} />
            </div>
          )}
        </div>
        <div className="flex justify-end gap-2 border-t border-line p-3">
          <Button look="quiet" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button look="main" type="submit">
            {t('Send place')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** "41.3, 2.17" as people copy it from a map; null if it is not on earth. */
function spotOf(text: string): { latitude: number; longitude: number } | null {
  const [, north, east] = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? []
  const latitude = Number(north ?? NaN)
  const longitude = Number(east ?? NaN)
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

function filled(words: { name: string; address: string }): Partial<Place> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value.trim() !== ''))
}
