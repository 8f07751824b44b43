/** Somebody came by a link of which a piece is missing: mail programs break long ones. */
import { t } from '@/shared/i18n/t'
import { DoorFrame } from '../door-frame'
import { ToSignIn } from './to-sign-in'

export function LinkCut() {
  return (
    <DoorFrame
      title={t('A piece of this link is missing')}
      about={t('Open it again as it was given to you, whole, or ask for a new one.')}
    >
      <ToSignIn />
    </DoorFrame>
  )
}
