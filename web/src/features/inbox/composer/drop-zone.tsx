/** Takes files that are dropped anywhere on the conversation. */
import { FileDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { t } from '@/shared/i18n/t'

export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const mark = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const zone = mark.current?.closest('section')
    if (zone == null) return
    const stop = new AbortController()
    const on = (kind: 'dragover' | 'dragleave' | 'drop', hear: (event: DragEvent) => void) =>
      zone.addEventListener(kind, hear, { signal: stop.signal })
    on('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    })
    on('dragleave', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !zone.contains(relatedTarget)) setOver(false)
    })
    on('drop', (event) => {
      const files = event.dataTransfer?.files
      if (files === undefined || files.length === 0) return
      event.preventDefault()
      setOver(false)
      onFiles(files)
    })
    return () => stop.abort()
  }, [onFiles])
  return (
    <div ref={mark} aria-hidden={!over} className={over ? 'absolute inset-0 z-20 grid place-items-center bg-paper/85 p-4' : 'hidden'}>
      <p className="pointer-events-none grid size-full place-content-center justify-items-center gap-2 rounded-2xl border-2 border-dashed border-accent font-semibold">
        <FileDown aria-hidden className="size-8 text-accent" />
        {t('Drop to attach')}
      </p>
    </div>
  )
}
