/** The messages that one press of "Send" makes: WhatsApp carries one file each. */
import type { NewContent } from '@/shared/api/types'
import { takesCaption } from './attachment-limits'
import type { Attachment } from './use-attachments'

interface Made {
  content: NewContent
  /** As it is shown until the server has answered. */
  text: string
}

/** The words go under the first file, or before the files where there is no room for words. */
export function messagesFrom(text: string, attachments: Attachment[]): Made[] {
  const [first] = attachments
  const asCaption = text !== '' && first !== undefined && takesCaption(first.kind)
  const files = attachments.map((each, index) => fileMessage(each, asCaption && index === 0 ? text : ''))
  return text === '' || asCaption ? files : [{ content: { type: 'text', body: text }, text }, ...files]
}

function fileMessage({ kind, name, fileId }: Attachment, caption: string): Made {
  const text = [name, caption].filter(Boolean).join('\n')
  const words = caption === '' ? {} : { caption }
  switch (kind) {
    case 'image':
    case 'video':
      return { content: { type: kind, file: { id: fileId }, ...words }, text }
    case 'audio':
    case 'sticker':
      return { content: { type: kind, file: { id: fileId } }, text }
    default:
      return { content: { type: 'document', file: { id: fileId, name }, ...words }, text }
  }
}
