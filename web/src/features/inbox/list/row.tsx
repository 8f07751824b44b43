/** One row with what can be done to it; drawn again only when something on it changes. */
import { memo } from 'react'
import type { Business, Conversation } from '@/shared/api/types'
import { ConversationRow } from './conversation-row'
import type { useAct } from '../teamwork/mutations'
import { RowBox } from './row-box'
import { Swipe } from './swipe'

interface Props {
  conversation: Conversation
  business: Business | undefined
  /** What one began to write there. */
  draft: string | undefined
  href: string
  selected: boolean
  /** The one that Tab goes to; the arrow keys go to the rest. */
  tabbable: boolean
  now: number
  isPicked: boolean
  isPicking: boolean
  boxTabbable: boolean
  onPick: (id: string) => void
  act: ReturnType<typeof useAct>
}

export const Row = memo(function Row({ conversation, isPicked, isPicking, boxTabbable, onPick, act, ...shown }: Props) {
  return (
    <>
      <Swipe conversation={conversation} act={act}>
        <ConversationRow conversation={conversation} {...shown} />
      </Swipe>
      <RowBox
        conversation={conversation}
        isPicked={isPicked}
        isPicking={isPicking}
        tabbable={boxTabbable}
        onPick={onPick}
      />
    </>
  )
})
