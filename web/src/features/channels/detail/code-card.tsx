/** One code: its picture, its words, its link; copied, saved, or taken away. */
import { Check, Copy, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { saveBlob } from '@/shared/api/files'
import { t } from '@/shared/i18n/t'
import { Button, IconButton } from '@/shared/ui/button'
import type { Code } from '../meta'
import { pngBlob, qrSvg, svgAddress, svgBlob } from './qr-picture'
import { useMayChange } from './may-change'

interface Props {
  code: Code
  isGoing: boolean
  onRemove: () => void
}

export function CodeCard({ code, isGoing, onRemove }: Props) {
  const [asks, setAsks] = useState(false)
  const mayChange = useMayChange()
  const svg = useMemo(() => qrSvg(code.link), [code.link])
  return (
    <article aria-label={t('Code: {text}', { text: code.text })} className="flex h-full gap-4 rounded-2xl border border-line bg-raised p-4">
      <img src={svgAddress(svg)} alt={t('QR code for {link}', { link: code.link })} className="size-28 shrink-0 rounded-lg bg-white" />
      <div className="flex min-w-0 flex-1 flex-col">
        <p dir="auto" className="line-clamp-3 font-medium break-words">
          {code.text}
        </p>
        <CopyLink link={code.link} />
        <div className="mt-auto flex flex-wrap items-center gap-1 pt-2">
          <Button className="h-8! px-2.5" onClick={() => saveBlob(svgBlob(svg), `${code.code}.svg`)}>
            {t('SVG')}
          </Button>
          <Button className="h-8! px-2.5" onClick={() => void pngBlob(svg).then((png) => saveBlob(png, `${code.code}.png`))}>
            {t('PNG')}
          </Button>
          {!mayChange ? null : asks ? (
            <Button className="ms-auto h-8! border-bad px-2.5 text-bad-ink" disabled={isGoing} onClick={onRemove} autoFocus onBlur={() => setAsks(false)}>
              {t('Really delete?')}
            </Button>
          ) : (
            <IconButton label={t('Delete the code')} onClick={() => setAsks(true)} className="ms-auto">
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
      </div>
    </article>
  )
}

const COPIED_MS = 2_000

function CopyLink({ link }: { link: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(link)
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_MS)
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      onClick={() => void copy()}
      title={t('Copy the link')}
      className="mt-1 flex min-w-0 items-center gap-1.5 rounded text-start text-xs text-soft hover:text-ink"
    >
      <bdi dir="ltr" className="truncate">
        {link.replace(/^https?:\/\//, '')}
      </bdi>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{copied ? t('Copied') : t('Copy the link')}</span>
    </button>
  )
}
