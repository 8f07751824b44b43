/** What stands over the body of an interactive message or a template: words, or one file. */
import { FileText, Image, MapPin, Video, type LucideIcon } from 'lucide-react'
import { use } from 'react'
import type { Header } from '../../contents'
import { FilesContext } from '../../files'
import { DocumentCard } from './document-card'
import { Picture } from './picture'

const ICONS: Record<string, LucideIcon> = { image: Image, video: Video, document: FileText, location: MapPin }

export function HeaderView({ header }: { header: Header | null | undefined }) {
  const files = use(FilesContext)
  if (header == null) return null
  if (header.kind === 'text') {
    return (
      <p dir="auto" className="mb-1 font-semibold break-words">
        {header.text}
      </p>
    )
  }
  const file = files.get(header.file?.id ?? '')
  if (file === undefined) return <Placeholder header={header} />
  return (
    <div className="mb-1.5">
      {header.kind === 'image' || header.kind === 'video' ? (
        <Picture file={file} kind={header.kind} caption={null} />
      ) : (
        <DocumentCard file={file} name={header.file?.name ?? null} />
      )}
    </div>
  )
}

/** A file that only Meta has: by its link or its own id. */
function Placeholder({ header }: { header: Header }) {
  const Icon = ICONS[header.kind] ?? FileText
  return (
    <div className="inset-card mb-1.5 flex h-20 flex-col items-center justify-center gap-1 px-3 text-xs">
      <Icon aria-hidden className="size-5 opacity-80" />
      <bdi className="max-w-full truncate opacity-85">{header.file?.name ?? header.file?.link ?? header.kind}</bdi>
    </div>
  )
}
