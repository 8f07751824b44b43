/** What a message carries, each kind in its own shape. */
import { CircleHelp } from 'lucide-react'
import { use, type ReactNode } from 'react'
import type { Content, Media } from '../../contents'
import { FilesContext, type FileView } from '../../files'
import { Formatted } from '../formatted'
import { ChoiceView } from './choice-view'
import { ContactCards } from './contact-cards'
import { DocumentCard } from './document-card'
import { FlowAnswers } from './flow-answers'
import { InteractiveView } from './interactive-view'
import { LocationCard } from './location-card'
import { OrderCard } from './order-card'
import { Picture } from './picture'
import { Sticker } from './sticker'
import { TemplateView } from './template-view'
import { VoicePlayer } from './voice-player'
import { unsupportedWords } from './unsupported'

export function ContentView({ content }: { content: Content }) {
  switch (content.type) {
    case 'text':
      return <Words text={content.body} />
    case 'template':
      return <TemplateView content={content} />
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <MediaView content={content} />
    default:
      return <OtherView content={content} />
  }
}

type Other = Exclude<Content, Media | { type: 'text' | 'template' }>

function OtherView({ content }: { content: Other }): ReactNode {
  switch (content.type) {
    case 'location':
      return <LocationCard place={content} />
    case 'contacts':
      return <ContactCards cards={content.cards} sharedOwn={content.shared_own === true} />
    case 'choice':
      return <ChoiceView choice={content} />
    case 'flow_reply':
      return <FlowAnswers reply={content} />
    case 'order':
      return <OrderCard order={content} />
    case 'unsupported':
      return <Unsupported original={content.original} reason={content.reason ?? null} />
    default:
      return <Rest content={content} />
  }
}

type Told = 'location' | 'contacts' | 'choice' | 'flow_reply' | 'order' | 'unsupported'

function Rest({ content }: { content: Exclude<Other, { type: Told }> }) {
  switch (content.type) {
    case 'reaction':
      return <p className="text-3xl">{content.emoji ?? '–'}</p>
    // These are lines between the messages and never come here.
    case 'call':
    case 'call_permission_reply':
    case 'system':
    case 'welcome_request':
    // A message that was taken back has no content; its bubble says so.
    case 'deleted':
      return null
    default:
      return <InteractiveView content={content} />
  }
}

function MediaView({ content }: { content: Media }) {
  const file = use(FilesContext).get(content.file.id ?? '')
  const caption = 'caption' in content ? (content.caption ?? null) : null
  return (
    <>
      {mediaOf(content, file, caption)}
      {caption !== null && caption !== '' && (
        <div className="mt-1.5 max-w-80 px-1">
          <Words text={caption} />
        </div>
      )}
    </>
  )
}

function mediaOf(content: Media, file: FileView | undefined, caption: string | null): ReactNode {
  switch (content.type) {
    case 'image':
    case 'video':
      return <Picture file={file} kind={content.type} caption={caption} />
    case 'audio':
      return <VoicePlayer file={file} voice={content.voice ?? false} />
    case 'sticker':
      return <Sticker file={file} />
    case 'document':
      return <DocumentCard file={file} name={content.file.name ?? null} />
  }
}

function Words({ text }: { text: string }) {
  return (
    <p dir="auto" className="break-words whitespace-pre-wrap">
      <Formatted text={text} />
    </p>
  )
}

function Unsupported({ original, reason }: { original: string; reason: string | null }) {
  return (
    <div className="flex items-start gap-2">
      <CircleHelp aria-hidden className="mt-0.5 size-4.5 shrink-0 opacity-80" />
      <p className="min-w-0">
        <span className="block italic">{unsupportedWords(original)}</span>
        {reason !== null && <span className="block text-xs opacity-85">{reason}</span>}
      </p>
    </div>
  )
}
