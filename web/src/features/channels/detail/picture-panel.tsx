/** The picture beside the name, as people see it in their list of chats. */
import { ImageUp, Store } from 'lucide-react'
import { useRef, useState } from 'react'
import { useFile, useObjectUrl } from '@/shared/api/files'
import { wordsFor } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { useChangePicture, type Profile } from '../meta'
import { useMayChange } from './may-change'
import { Panel } from './panel'

/** Bytes. Source: WhatsApp Cloud API, business profile, picture. */
const LARGEST = 5_000_000

export function PicturePanel({ channelId, profile }: { channelId: string; profile: Profile }) {
  const picker = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<File | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const change = useChangePicture(channelId)
  const mayChange = useMayChange()

  function choose(file: File | undefined) {
    if (file === undefined) return
    const refusal = refusalOf(file)
    setProblem(refusal)
    if (refusal !== null) return
    setChosen(file)
    change.mutate(file)
  }

  const words = problem ?? (change.error === null ? null : wordsFor(change.error))
  return (
    <Panel title={t('Picture')}>
      <div className="flex flex-wrap items-center gap-4">
        <Shown channelId={channelId} profile={profile} chosen={chosen} />
        {mayChange && (
          <div className="min-w-0 flex-1">
            <Button disabled={change.isPending} onClick={() => picker.current?.click()}>
              <ImageUp aria-hidden className="size-4" />
              {change.isPending ? t('Uploading…') : t('Choose a picture')}
            </Button>
            <p className="mt-1.5 text-xs text-soft">{t('JPEG or PNG, square, 640 pixels or more, up to 5 MB.')}</p>
            {words !== null && (
              <p role="alert" className="mt-1 text-sm text-bad-ink">
                {words}
              </p>
            )}
            {change.isSuccess && (
              <p role="status" className="mt-1 text-sm text-good-ink">
                {t('The new picture is at Meta.')}
              </p>
            )}
          </div>
        )}
        <input
          ref={picker}
          type="file"
          accept="image/jpeg,image/png"
          hidden
          aria-label={t('Choose a picture')}
          onChange={({ target }) => {
            choose(target.files?.[0])
            target.value = ''
          }}
        />
      </div>
    </Panel>
  )
}

interface ShownProps {
  channelId: string
  profile: Profile
  chosen: File | null
}

/** The one just chosen, else Meta's. Meta's address of it would tell Meta who looks, so the server hands it out. */
function Shown({ channelId, profile, chosen }: ShownProps) {
  const preview = useObjectUrl(chosen)
  const kept = useFile(profile.picture_url === '' || chosen !== null ? null : `/api/v1/channels/${channelId}/whatsapp/profile/picture`)
  const url = preview ?? kept.url
  const look = 'size-20 shrink-0 rounded-full'
  if (url !== null) return <img src={url} alt={t('The picture of the business')} className={`${look} object-cover`} />
  return (
    <span aria-hidden className={`${look} grid place-items-center bg-sunken text-faint`}>
      <Store className="size-8" />
    </span>
  )
}

function refusalOf({ type, size }: File): string | null {
  if (type !== 'image/jpeg' && type !== 'image/png') return t('Meta takes JPEG and PNG only.')
  return size > LARGEST ? t('The picture has more than 5 MB. Make it smaller.') : null
}
