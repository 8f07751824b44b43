/** The link of an invitation, shown this once. */
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '@/shared/i18n/t'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import type { Invited as Made } from './api'

export function Invited({ made, onClose }: { made: Made; onClose: () => void }) {
  const link = `${location.origin}/welcome/invitation#token=${made.token}`
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    setCopied(true)
  }
  return (
    <Dialog title={t('Invited')} onClose={onClose}>
      <div className="grid gap-3 p-5 text-sm">
        <p>
          {made.is_mailed
            ? t('A letter with this link is on its way. It works once, for seven days.')
            : t('Give them this link. It works once, for seven days, and is not shown again.')}
        </p>
        <code dir="ltr" className="rounded-lg bg-sunken px-3 py-2 font-mono break-all select-all">
          {link}
        </code>
      </div>
      <DialogFoot>
        <Button onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          {isCopied ? t('Copied') : t('Copy the link')}
        </Button>
        <Button look="main" onClick={onClose}>
          {t('Done')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
